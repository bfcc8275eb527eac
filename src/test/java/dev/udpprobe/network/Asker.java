package dev.udpprobe.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;

/**
 * A program: connected clients, one after the other, of which each sends many datagrams at
 * once and counts its replies.
 */
final class Asker {

	private static final int PATIENCE_MILLIS = 500;

	private static final byte[] GREETING = {'H', 'i', ',', ' '};

	private Asker() {}

	/**
	 * @param args the server's port, how many datagrams are sent at once, and how many times at
	 * most; then the server's address and how long each datagram is, any number of times. Each
	 * of these stops at the first time that every reply comes, byte for byte and in order, and
	 * prints how many came the last time.
	 */
	public static void main(String[] args) throws IOException {
		int port = Integer.parseInt(args[0]);
		int count = Integer.parseInt(args[1]);
		for (int i = 3; i < args.length; i += 2) {
			int length = Integer.parseInt(args[i + 1]);
			try (DatagramSocket socket = new DatagramSocket()) {
				socket.setSoTimeout(PATIENCE_MILLIS);
				socket.connect(InetAddress.ofLiteral(args[i]), port);
				int replies = 0;
				for (int j = 0; j < Integer.parseInt(args[2]) && replies < count; j++) {
					replies = ask(socket, length, count);
				}
				System.out.printf("%s, %d bytes: %d of %d%n", args[i], length, replies, count);
			}
		}
	}

	private static int ask(DatagramSocket socket, int length, int count) {
		int replies = 0;
		try {
			for (int i = 0; i < count; i++) {
				socket.send(new DatagramPacket(payload(length, i), length));
			}
			for (int i = 0; i < count; i++) {
				DatagramPacket reply = new DatagramPacket(new byte[1 << 16], 1 << 16);
				socket.receive(reply);
				replies += isReply(reply, payload(length, i)) ? 1 : 0;
			}
		}
		catch (IOException ex) {
			// Some are lost, or were too long for a link and the next ones will not be.
			System.err.println(ex);
		}
		return replies;
	}

	private static boolean isReply(DatagramPacket reply, byte[] payload) {
		byte[] bytes = reply.getData();
		return reply.getLength() == GREETING.length + payload.length
				&& Arrays.equals(bytes, 0, GREETING.length, GREETING, 0, GREETING.length)
				&& Arrays.equals(bytes, GREETING.length, reply.getLength(), payload, 0, payload.length);
	}

	private static byte[] payload(int length, int seed) {
		byte[] payload = new byte[length];
		new Random(seed).nextBytes(payload);
		return payload;
	}

}
