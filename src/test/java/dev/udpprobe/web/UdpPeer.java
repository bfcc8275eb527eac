package dev.udpprobe.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The other end of an exchange: a real socket on loopback.
 */
public final class UdpPeer implements AutoCloseable {

	private final DatagramSocket socket;

	private UdpPeer(DatagramSocket socket) {
		this.socket = socket;
	}

	/**
	 * Makes them the configured targets closed and silent.
	 */
	public static void configure(DynamicPropertyRegistry properties, UdpPeer closed, UdpPeer silent) {
		properties.add("udp-probe.targets[0].name", () -> "closed");
		properties.add("udp-probe.targets[0].address", closed::address);
		properties.add("udp-probe.targets[1].name", () -> "silent");
		properties.add("udp-probe.targets[1].address", silent::address);
	}

	/**
	 * A peer that receives only what {@link #receive} is called for.
	 */
	public static UdpPeer silent() {
		return silent(0);
	}

	private static UdpPeer silent(int port) {
		try {
			DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			socket.setSoTimeout(20_000);
			return new UdpPeer(socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A port that refuses for as long as this is open: nobody else can take it, and the
	 * socket that has it is connected to itself, so the kernel finds none for others.
	 */
	public static UdpPeer refusing() {
		return refusing(0);
	}

	/**
	 * The same at a port.
	 */
	public static UdpPeer refusing(int port) {
		UdpPeer peer = silent(port);
		peer.socket.connect(InetAddress.getLoopbackAddress(), peer.port());
		return peer;
	}

	/**
	 * A peer that answers each datagram with the same bytes.
	 */
	public static UdpPeer answering(byte[] reply) {
		return answering((_) -> reply);
	}

	/**
	 * A peer that answers each datagram.
	 */
	public static UdpPeer answering(UnaryOperator<byte[]> reply) {
		return on((self, packet, _) -> self.send(reply.apply(packet.getData()), packet.getSocketAddress()));
	}

	/**
	 * What a peer does with a datagram.
	 */
	public interface Behaviour {

		/**
		 * @param number of the datagram, from 1
		 */
		void handle(UdpPeer self, DatagramPacket packet, int number);

	}

	/**
	 * A peer that does with each datagram what a test says.
	 */
	public static UdpPeer on(Behaviour behaviour) {
		return on(0, behaviour);
	}

	/**
	 * The same at a port.
	 */
	public static UdpPeer on(int port, Behaviour behaviour) {
		UdpPeer peer = silent(port);
		Thread.ofVirtual().start(() -> {
			for (int number = 1; !peer.socket.isClosed(); number++) {
				try {
					DatagramPacket packet = peer.receive();
					packet.setData(Arrays.copyOf(packet.getData(), packet.getLength()));
					behaviour.handle(peer, packet, number);
				}
				catch (UncheckedIOException _) {
					// Closed, or nothing came for long.
				}
			}
		});
		return peer;
	}

	/**
	 * Sends the datagram back.
	 */
	public void echo(DatagramPacket packet) {
		send(packet.getData(), packet.getSocketAddress());
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * @return its address as targets are written
	 */
	public String address() {
		return "127.0.0.1:" + port();
	}

	public DatagramPacket receive() {
		DatagramPacket datagram = new DatagramPacket(new byte[1 << 16], 1 << 16);
		try {
			this.socket.receive(datagram);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return datagram;
	}

	public void send(byte[] payload, SocketAddress to) {
		try {
			this.socket.send(new DatagramPacket(payload, payload.length, to));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void send(String payload, SocketAddress to) {
		send(payload.getBytes(StandardCharsets.UTF_8), to);
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
