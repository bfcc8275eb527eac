package dev.udpprobe.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Commands that start a JVM, of the kind that runs the tests, with their class path.
 */
public final class Java {

	private Java() {}

	public static String[] command(List<String> options, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp",
				System.getProperty("java.class.path", ""), main.getName()));
		command.addAll(Arrays.asList(arguments));
		return command.toArray(String[]::new);
	}

}
