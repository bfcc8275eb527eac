package dev.udpprobe.chart;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

class PackageTests {

	@ParameterizedTest
	@MethodSource("valueSets")
	void helmFindsNothingToComplainAbout(List<String> values) {
		String[] arguments = Stream.concat(Stream.of("lint", "--strict", Chart.DIRECTORY.toString()), values.stream())
				.toArray(String[]::new);
		assertThat(Chart.helm(arguments).succeeded()).contains("1 chart(s) linted, 0 chart(s) failed");
	}

	static List<List<String>> valueSets() throws IOException {
		return Chart.valueSets().stream().map(List::of).toList();
	}

	@Test
	void theChartIsForTheVersionThatIsBuilt() throws Exception {
		String version = XPathFactory.newInstance()
				.newXPath()
				.evaluate("/project/version",
						DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of("pom.xml").toFile()));
		assertThat(Chart.metadata()).containsEntry("appVersion", version);
		assertThat(version).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource({"image.repository=a/b, a/b:%s", "'image.repository=a/b,image.tag=x', a/b:x",
			"'image.repository=a/b,image.tag=x,image.digest=%s', a/b@%<s"})
	void theImageIsThatOfTheVersionUnlessAskedOtherwise(String set, String image) throws IOException {
		String argument = image.contains("@")
				? "sha256:" + "0".repeat(64)
				: String.valueOf(Objects.requireNonNull(Chart.metadata().get("appVersion")));
		assertThat(Chart.render("--set", set.formatted(argument)).workload().one(Rendered.CONTAINER + ".image"))
				.isEqualTo(image.replace("%<s", "%s").formatted(argument));
	}

	@Test
	void thePackageHasWhatAnInstallationNeedsOnly(@TempDir Path directory) throws Exception {
		assertThat(Chart.helm("package", Chart.DIRECTORY.toString(), "--destination", directory.toString()).succeeded())
				.contains("Successfully packaged");
		Path archive = directory.resolve("udp-probe-%s.tgz".formatted(Chart.metadata().get("version")));
		List<String> files = contents(archive);
		assertThat(files).contains("udp-probe/Chart.yaml", "udp-probe/values.schema.json", "udp-probe/README.md",
				"udp-probe/templates/workload.yaml", "udp-probe/files/test-exchange", "udp-probe/files/rules.yaml")
				.noneMatch((file) -> file.startsWith("udp-probe/ci/"));
		assertThat(Chart.helm("template", "probe", archive.toString()).succeeded())
				.isEqualTo(Chart.helm("template", "probe", Chart.DIRECTORY.toString()).succeeded());
	}

	private static List<String> contents(Path archive) throws IOException, InterruptedException {
		assertThat(archive).isNotEmptyFile();
		try (ExternalTool tar = ExternalTool.start("tar", "-tzf", archive.toString());
				BufferedReader output = tar.output()) {
			List<String> files = output.lines().toList();
			assertThat(tar.exitCode()).isZero();
			return files;
		}
	}

	@Test
	void everyFileOfTheTestsAndRulesIsUsed() throws IOException {
		StringBuilder templates = new StringBuilder();
		try (Stream<Path> all = Files.walk(Chart.DIRECTORY.resolve("templates"))) {
			for (Path template : all.filter(Files::isRegularFile).toList()) {
				templates.append(Files.readString(template));
			}
		}
		try (Stream<Path> files = Files.list(Chart.DIRECTORY.resolve("files"))) {
			assertThat(files.map((file) -> "\"files/%s\"".formatted(file.getFileName())).toList()).isNotEmpty()
					.allSatisfy((file) -> assertThat(templates).contains(file));
		}
	}

}
