package dev.udpprobe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory for what several test classes share, such as a running service; one of JUnit's ends with its class.
 */
public final class SharedDirectory {

	private SharedDirectory() {}

	/**
	 * @return a new directory, which is deleted when the JVM ends if it is empty then
	 */
	public static Path create(String prefix) {
		try {
			Path directory = Files.createTempDirectory(prefix);
			directory.toFile().deleteOnExit();
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
