package dev.udpprobe.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An ICMP message that says a port is unreachable, and quotes a datagram as proof (RFC
 * 792, RFC 4443), made by somebody who knows some things about that datagram.
 */
enum Forgery {

	/** All is right, and nothing of the payload is quoted. */
	NO_PAYLOAD,

	/** The addresses and ports are right, and the payload is not. */
	OTHER_PAYLOAD,

	/** The local port is another. */
	OTHER_PORT,

	/** It is not about UDP. */
	OTHER_PROTOCOL;

	private static final byte TCP = 6;

	private static final byte UDP = 17;

	/**
	 * @param port the local one of the datagram
	 * @return the message, without an IP header
	 */
	byte[] message(Family family, String from, int port, String to, int toPort) throws UnknownHostException {
		byte[] payload = ((this == OTHER_PAYLOAD) ? "hullo" : Probe.MESSAGE).getBytes(StandardCharsets.UTF_8);
		ByteBuffer udp = ByteBuffer.allocate(8 + payload.length)
				.putShort((short) ((this == OTHER_PORT) ? port ^ 1 : port))
				.putShort((short) toPort)
				.putShort((short) (8 + payload.length))
				.putShort((short) 0)
				.put(payload);
		byte protocol = (this == OTHER_PROTOCOL) ? TCP : UDP;
		byte[] source = InetAddress.getByName(from).getAddress();
		byte[] destination = InetAddress.getByName(to).getAddress();
		ByteBuffer message = ByteBuffer.allocate(8 + 40 + udp.capacity());
		if (family == Family.IPV4) {
			message.put((byte) 3).put((byte) 3).putShort((short) 0).putInt(0);
			message.put((byte) 0x45).put((byte) 0).putShort((short) (20 + udp.capacity())).putInt(0x4000);
			message.put((byte) 61).put(protocol).putShort((short) 0);
		}
		else {
			message.put((byte) 1).put((byte) 4).putShort((short) 0).putInt(0);
			message.putInt(0x60000000).putShort((short) udp.capacity()).put(protocol).put((byte) 61);
		}
		message.put(source).put(destination).put(udp.array(), 0, (this == NO_PAYLOAD) ? 8 : udp.capacity());
		byte[] bytes = new byte[message.flip().remaining()];
		message.get(bytes);
		if (family == Family.IPV4) {
			// Of IPv6 the kernel sets it, since it is over the addresses too.
			ByteBuffer.wrap(bytes).putShort(2, checksum(bytes));
		}
		return bytes;
	}

	/**
	 * The Internet checksum (RFC 1071).
	 */
	private static short checksum(byte[] bytes) {
		int sum = 0;
		for (int i = 0; i < bytes.length; i++) {
			sum += (bytes[i] & 0xff) << ((i % 2 == 0) ? 8 : 0);
		}
		while (sum >>> 16 != 0) {
			sum = (sum & 0xffff) + (sum >>> 16);
		}
		return (short) ~sum;
	}

}
