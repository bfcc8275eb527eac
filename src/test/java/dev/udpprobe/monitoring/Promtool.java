package dev.udpprobe.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What promtool says of something.
 */
final class Promtool {

	private Promtool() {}

	/**
	 * Asserts that promtool has nothing against its input.
	 */
	static void accepts(String input, String... arguments) throws IOException, InterruptedException {
		Path log = Files.createTempFile("promtool", ".log");
		try (ExternalTool promtool = ExternalTool.startLogging(log, "promtool", arguments)) {
			promtool.write(input);
			promtool.endInput();
			int exitCode = promtool.exitCode();
			assertThat(exitCode).as(() -> String.join(" ", arguments) + ": " + read(log)).isZero();
		}
		finally {
			Files.delete(log);
		}
	}

	static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
