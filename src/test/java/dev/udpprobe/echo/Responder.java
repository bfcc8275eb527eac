package dev.udpprobe.echo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that answers whatever comes, by 20 bytes that mean nothing, and begins nothing by
 * itself.
 */
final class Responder implements AutoCloseable {

	private static final int BYTES = 20;

	private final DatagramSocket socket = new DatagramSocket(EchoFixture.loopback(0));

	private final AtomicInteger received = new AtomicInteger();

	private final Random random = new SecureRandom();

	private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

	/**
	 * Starts it with one datagram from its port, as if forged.
	 */
	Responder(int port) throws IOException {
		begin(port);
		this.thread.start();
	}

	void begin(int port) throws IOException {
		this.socket.send(new DatagramPacket(new byte[BYTES], BYTES, EchoFixture.loopback(port)));
	}

	int received() {
		return this.received.get();
	}

	private void run() {
		byte[] bytes = new byte[1 << 16];
		DatagramPacket datagram = new DatagramPacket(bytes, bytes.length);
		try {
			while (true) {
				datagram.setData(bytes);
				this.socket.receive(datagram);
				this.received.incrementAndGet();
				byte[] answer = new byte[BYTES];
				this.random.nextBytes(answer);
				datagram.setData(answer);
				this.socket.send(datagram);
			}
		}
		catch (IOException _) {
			// Closed.
		}
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
