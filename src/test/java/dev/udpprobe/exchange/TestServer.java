package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A UDP server on loopback that does with each datagram what a test says.
 */
final class TestServer implements AutoCloseable {

	private final DatagramSocket socket;

	private final BlockingQueue<DatagramPacket> received = new LinkedBlockingQueue<>();

	/**
	 * What the server does with a datagram.
	 */
	interface Behaviour {

		void handle(TestServer server, DatagramPacket packet) throws IOException;

	}

	TestServer(InetAddress address, Behaviour behaviour) {
		this(new InetSocketAddress(address, 0), behaviour);
	}

	TestServer(InetSocketAddress address, Behaviour behaviour) {
		try {
			this.socket = new DatagramSocket(address);
		}
		catch (SocketException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread.ofPlatform().daemon().name("test-server").start(() -> run(behaviour));
	}

	static TestServer on(String address, Behaviour behaviour) {
		return new TestServer(InetAddress.ofLiteral(address), behaviour);
	}

	static TestServer echo(String address) {
		return on(address, (server, packet) -> server.reply(packet, packet.getData()));
	}

	static TestServer silent() {
		return on("127.0.0.1", (_, _) -> {});
	}

	private void run(Behaviour behaviour) {
		byte[] buffer = new byte[1 << 16];
		try {
			while (true) {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				this.socket.receive(packet);
				packet.setData(Arrays.copyOf(buffer, packet.getLength()));
				this.received.add(packet);
				behaviour.handle(this, packet);
			}
		}
		catch (IOException _) {
			// Closed: the test is over.
		}
	}

	void reply(DatagramPacket to, byte[] payload) throws IOException {
		this.socket.send(new DatagramPacket(payload, payload.length, to.getSocketAddress()));
	}

	/**
	 * Waits for the next datagram.
	 */
	DatagramPacket next() throws InterruptedException {
		DatagramPacket packet = this.received.poll(10, TimeUnit.SECONDS);
		if (packet == null) {
			throw new AssertionError("no datagram came");
		}
		return packet;
	}

	int countReceived() {
		return this.received.size();
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.socket.getLocalSocketAddress();
	}

	/**
	 * Nobody listens on its port any more.
	 */
	void stop() {
		this.socket.close();
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * @return an address on which nobody listens
	 */
	static InetSocketAddress closedPort(String address) throws IOException {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0))) {
			return (InetSocketAddress) socket.getLocalSocketAddress();
		}
	}

}
