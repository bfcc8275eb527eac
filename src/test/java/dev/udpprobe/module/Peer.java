package dev.udpprobe.module;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;

/**
 * A server of the test's own on 127.0.0.1, with another port there and one of 127.0.0.2 to answer from.
 */
final class Peer implements AutoCloseable {

	private final DatagramSocket socket = new DatagramSocket(loopback(1));

	private final DatagramSocket otherPort = new DatagramSocket(loopback(1));

	private final DatagramSocket otherAddress = new DatagramSocket(loopback(2));

	/**
	 * What it does with a request, in a thread of its own.
	 */
	interface Behaviour {

		void answer(Answers answers, byte[] request) throws IOException;

	}

	/**
	 * Answers a client.
	 */
	final class Answers {

		private final SocketAddress client;

		private Answers(SocketAddress client) {
			this.client = client;
		}

		void send(byte[] datagram) throws IOException {
			send(Peer.this.socket, datagram);
		}

		void sendFromOtherPort(byte[] datagram) throws IOException {
			send(Peer.this.otherPort, datagram);
		}

		void sendFromOtherAddress(byte[] datagram) throws IOException {
			send(Peer.this.otherAddress, datagram);
		}

		private void send(DatagramSocket from, byte[] datagram) throws IOException {
			from.send(new DatagramPacket(datagram, datagram.length, this.client));
		}

	}

	Peer(Behaviour behaviour) throws IOException {
		Thread.ofPlatform().daemon().name("peer").start(() -> run(behaviour));
	}

	private static InetSocketAddress loopback(int last) {
		return new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + last), 0);
	}

	private void run(Behaviour behaviour) {
		try {
			while (true) {
				DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
				this.socket.receive(packet);
				behaviour.answer(new Answers(packet.getSocketAddress()),
						Arrays.copyOf(packet.getData(), packet.getLength()));
			}
		}
		catch (IOException _) {
			// Closed: the test is over.
		}
	}

	int port() {
		return this.socket.getLocalPort();
	}

	@Override
	public void close() {
		this.socket.close();
		this.otherPort.close();
		this.otherAddress.close();
	}

}
