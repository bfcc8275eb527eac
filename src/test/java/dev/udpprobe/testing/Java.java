package dev.udpprobe.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.udpprobe.UdpProbeApplication;

/**
 * Commands that start a JVM, of the kind that runs the tests, with their class path.
 */
public final class Java {

	static final String CLASS_PATH = System.getProperty("java.class.path", "");

	private Java() {}

	/**
	 * @param options which also take the place of those that all have
	 */
	public static String[] command(List<String> options, Class<?> main, String... arguments) {
		return command(options, List.of("-cp", CLASS_PATH), main, arguments);
	}

	/**
	 * One that starts the service.
	 */
	public static String[] service(List<String> options, String... arguments) {
		return command(options, ClassArchive.OPTIONS, UdpProbeApplication.class, arguments);
	}

	static String[] command(List<String> options, List<String> classes, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
		command.addAll(options);
		command.addAll(classes);
		command.add(main.getName());
		command.addAll(Arrays.asList(arguments));
		return command.toArray(String[]::new);
	}

}
