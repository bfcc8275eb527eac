package dev.udpprobe.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A program: the peers at the server. They answer one datagram after the other and lose
 * none, which programs that fork for each do not promise.
 */
final class Peers {

	static final String READY = "ready";

	private static final int LONGEST = 65_535;

	private Peers() {}

	/**
	 * Serves until it is killed, and prints {@link #READY} when it begins to.
	 */
	public static void main(String[] args) throws SocketException {
		serve(Lab.ECHO, (datagram) -> datagram);
		serve(Lab.MIRROR, Peers::sender);
		System.out.println(READY);
	}

	private static DatagramPacket sender(DatagramPacket datagram) {
		byte[] address = datagram.getAddress().getHostAddress().getBytes(StandardCharsets.US_ASCII);
		return new DatagramPacket(address, address.length, datagram.getSocketAddress());
	}

	private static void serve(int port, Function<DatagramPacket, DatagramPacket> reply) throws SocketException {
		DatagramSocket socket = new DatagramSocket(port);
		Thread.ofPlatform().start(() -> {
			while (true) {
				DatagramPacket datagram = new DatagramPacket(new byte[LONGEST], LONGEST);
				try {
					socket.receive(datagram);
					socket.send(reply.apply(datagram));
				}
				catch (IOException ex) {
					System.err.println(ex);
				}
			}
		});
	}

}
