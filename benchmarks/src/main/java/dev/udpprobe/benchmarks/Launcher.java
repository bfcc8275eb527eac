package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a script that starts the JDK and the class path of this very process, so that
 * the benchmarks' scripts need to look for neither, and grants what reading the kernel's
 * own reports takes.
 */
final class Launcher {

	private Launcher() {}

	public static void main(String[] args) throws IOException {
		Path script = Path.of(args[0]);
		Files.writeString(script, """
				#!/bin/sh
				CLASSPATH=%s
				export CLASSPATH
				exec %s --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --enable-native-access=ALL-UNNAMED "$@"
				""".formatted(quoted(System.getProperty("java.class.path")),
				quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString())));
		Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private static String quoted(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

}
