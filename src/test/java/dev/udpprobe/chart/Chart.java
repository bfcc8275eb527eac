package dev.udpprobe.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chart, as Helm sees it. A test that calls Helm is skipped where there is none.
 */
public final class Chart {

	static final Path DIRECTORY = Path.of("helm", "udp-probe");

	private static final String RELEASE = "probe";

	/**
	 * How a call of Helm ended.
	 */
	record Outcome(int exitCode, String output, String error) {

		String succeeded() {
			assertThat(this.exitCode).as(this.output + this.error).isZero();
			return this.output;
		}

		String failed() {
			assertThat(this.exitCode).as("exit code of a call that should fail").isNotZero();
			return this.error;
		}

	}

	private Chart() {}

	/**
	 * @param arguments such as {@code --set key=value} or {@code --values file}
	 */
	public static Rendered render(String... arguments) {
		return renderAs(RELEASE, arguments);
	}

	static Rendered renderAs(String release, String... arguments) {
		String text = templateAs(release, arguments).succeeded();
		return new Rendered(Yaml.documents(text).stream().map(Manifest::new).toList());
	}

	/**
	 * @return what Helm says instead of rendering
	 */
	static String refusal(String... arguments) {
		return template(arguments).failed();
	}

	static Outcome template(String... arguments) {
		return templateAs(RELEASE, arguments);
	}

	private static Outcome templateAs(String release, String... arguments) {
		return helm(Stream.concat(Stream.of("template", release, DIRECTORY.toString()), Stream.of(arguments))
				.toArray(String[]::new));
	}

	static Outcome helm(String... arguments) {
		List<String> command = Stream.concat(Stream.of(ExternalTool.find("helm")), Stream.of(arguments)).toList();
		try {
			Path error = Files.createTempFile("helm", ".txt");
			try {
				ProcessBuilder builder = new ProcessBuilder(command).redirectError(error.toFile());
				builder.environment().put("KUBECONFIG", "/dev/null");
				Process process = Processes.start(builder);
				process.getOutputStream().close();
				String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
				return new Outcome(process.onExit().join().exitValue(), output, Files.readString(error));
			}
			finally {
				Files.delete(error);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * @return the arguments for each set of values that the chart brings: the defaults, and
	 * each file in ci
	 */
	public static List<String[]> valueSets() throws IOException {
		try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
			List<Path> sorted = files.sorted().toList();
			assertThat(sorted).allSatisfy((file) -> assertThat(file).asString().endsWith("-values.yaml")).isNotEmpty();
			return Stream
					.concat(Stream.<String[]>of(new String[0]),
							sorted.stream().map((file) -> new String[]{"--values", file.toString()}))
					.toList();
		}
	}

	/**
	 * @param name of a file in ci, without its ending
	 */
	static String[] values(String name) {
		return new String[]{"--values", DIRECTORY.resolve("ci").resolve(name + "-values.yaml").toString()};
	}

	static Map<String, Object> metadata() throws IOException {
		return Yaml.file(DIRECTORY.resolve("Chart.yaml"));
	}

}
