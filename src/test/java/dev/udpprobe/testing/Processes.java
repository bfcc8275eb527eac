package dev.udpprobe.testing;

import java.io.IOException;

/**
 * The start of processes. Until a new process runs its program it has the sockets of the JVM, so a port that is closed meanwhile
 * stays taken.
 */
public final class Processes {

	/** The monitor of whoever starts a process, or opens and closes a port that must be free at once. */
	public static final Object START = new Object();

	private Processes() {}

	/**
	 * Returns when the process runs its program.
	 */
	public static Process start(ProcessBuilder builder) throws IOException {
		synchronized (START) {
			return builder.start();
		}
	}

}
