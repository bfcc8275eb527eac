package dev.udpprobe.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What this host is called, without a look-up: of a pod it is the pod's name.
 */
final class HostName {

	/** proc(5). */
	private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

	/** sethostname(2). */
	private static final int MAX_LENGTH = 64;

	private HostName() {}

	/**
	 * @return empty if nobody knows
	 */
	static String find() {
		try (InputStream in = Files.newInputStream(KERNEL)) {
			return new String(in.readNBytes(MAX_LENGTH), StandardCharsets.UTF_8).strip();
		}
		catch (IOException _) {
			return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "");
		}
	}

}
