package dev.udpprobe.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;

/**
 * Commands that run a program in which a system call fails, as under a container's seccomp
 * profile. A C program of the tests' own sees to that, and needs a C compiler.
 */
public final class Deny {

	private Deny() {}

	/**
	 * @param directory for the compiled program
	 * @param call as the C program names it
	 */
	public static String[] command(Path directory, String call, String... command)
			throws IOException, InterruptedException {
		String program = directory.resolve("deny").toString();
		try (ExternalTool compiler = ExternalTool.start("cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-o",
				program, "src/test/resources/deny.c")) {
			Assertions.assertEquals(0, compiler.exitCode());
		}
		return Stream.concat(Stream.of(program, call, "--"), Arrays.stream(command)).toArray(String[]::new);
	}

}
