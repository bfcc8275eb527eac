package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar that the documents start is the one that the build makes, and the image that they build the one that the chart takes.
 */
class VersionTests {

	private static final Pattern JAR = Pattern.compile("target/udp-probe-(\\d\\S*)\\.jar");

	private static final Pattern IMAGE = Pattern.compile("registry\\.example/udp-probe:(\\S+)");

	@Test
	void ofTheJarIsThatOfTheBuild() throws IOException {
		assertThat(told(JAR)).containsOnly(find("<artifactId>udp-probe</artifactId>\\s*<version>([^<]+)<", "pom.xml"));
	}

	@Test
	void ofTheImageIsThatOfTheChart() throws IOException {
		assertThat(told(IMAGE)).containsOnly(find("appVersion: (\\S+)", "helm/udp-probe/Chart.yaml"));
	}

	private static List<String> told(Pattern pattern) throws IOException {
		List<String> told = new ArrayList<>();
		for (Path document : Documents.all()) {
			pattern.matcher(Files.readString(document)).results().map((match) -> match.group(1)).forEach(told::add);
		}
		return told;
	}

	private static String find(String pattern, String file) throws IOException {
		Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
		assertThat(matcher.find()).as(file).isTrue();
		return matcher.group(1);
	}

}
