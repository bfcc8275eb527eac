package dev.udpprobe.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.Processes;

/**
 * A program that runs to its end at once.
 */
final class Command {

	private static final int LONGEST_SECONDS = 30;

	private Command() {}

	/**
	 * What became of it.
	 */
	record Result(int status, String output) {}

	/**
	 * @param input what it reads; short
	 * @return what it wrote, to either of its outputs
	 */
	static Result run(byte[] input, String program, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(ExternalTool.find(program)));
		command.addAll(arguments);
		try {
			Process process = Processes.start(new ProcessBuilder(command).redirectErrorStream(true));
			try {
				process.getOutputStream().write(input);
				process.getOutputStream().close();
				String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
				if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
					throw new IllegalStateException(command + " does not end");
				}
				return new Result(process.exitValue(), output);
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(command.toString(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs a program that must not fail.
	 */
	static String ok(byte[] input, String program, List<String> arguments) {
		Result result = run(input, program, arguments);
		if (result.status() != 0) {
			throw new IllegalStateException("%s %s%n%s%n%s".formatted(program, arguments,
					new String(input, StandardCharsets.UTF_8), result.output()));
		}
		return result.output();
	}

}
