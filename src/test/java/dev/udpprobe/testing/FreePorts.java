package dev.udpprobe.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;

/**
 * Ports that nobody had a moment ago.
 */
public final class FreePorts {

	private FreePorts() {}

	public static int udp() throws IOException {
		synchronized (Processes.START) {
			try (DatagramSocket socket = new DatagramSocket()) {
				return socket.getLocalPort();
			}
		}
	}

	public static int tcp() throws IOException {
		synchronized (Processes.START) {
			try (ServerSocket socket = new ServerSocket(0)) {
				return socket.getLocalPort();
			}
		}
	}

}
