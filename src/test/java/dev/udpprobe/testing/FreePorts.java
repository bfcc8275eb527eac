package dev.udpprobe.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody had a moment ago. They are below those that the system gives to whoever names none, and each comes once. So
 * what a test sends to one that it has closed meets no other test.
 */
public final class FreePorts {

	private static final int FIRST = 20_000;

	/** Of Linux by default, the system's own begin with 32768 (ip_local_port_range in ip(7)). */
	private static final int COUNT = 32_768 - FIRST;

	private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

	/**
	 * Takes a port, and gives it back.
	 */
	private interface Trial {

		void on(int port) throws IOException;

	}

	private FreePorts() {}

	public static int udp() throws IOException {
		return free((port) -> new DatagramSocket(port).close());
	}

	public static int tcp() throws IOException {
		return free((port) -> new ServerSocket(port).close());
	}

	private static int free(Trial trial) throws IOException {
		synchronized (Processes.START) {
			for (int i = 0; i < COUNT; i++) {
				int port = FIRST + NEXT.getAndIncrement() % COUNT;
				try {
					trial.on(port);
					return port;
				}
				catch (BindException _) {
					// Somebody has it.
				}
			}
			throw new BindException("no port is free");
		}
	}

}
