package dev.udpprobe.module;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A file of datagrams between two hosts, as tcpdump writes it: a head, then each packet with a head of its own. A packet is one of
 * IPv4, from its first byte on.
 */
final class Pcap {

	private static final int LINKTYPE_RAW = 101;

	private static final int IP_HEADER = 20;

	private static final int UDP_HEADER = 8;

	private static final byte[] CLIENT = {(byte) 192, 0, 2, 1};

	private static final byte[] SERVER = {(byte) 192, 0, 2, 2};

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private int packets;

	Pcap() {
		ByteBuffer head = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
		head.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535).putInt(LINKTYPE_RAW);
		this.bytes.writeBytes(head.array());
	}

	/**
	 * @param port of the server
	 */
	void request(int clientPort, int port, byte[] datagram) {
		add(CLIENT, clientPort, SERVER, port, datagram);
	}

	void answer(int clientPort, int port, byte[] datagram) {
		add(SERVER, port, CLIENT, clientPort, datagram);
	}

	private void add(byte[] from, int fromPort, byte[] to, int toPort, byte[] datagram) {
		int length = IP_HEADER + UDP_HEADER + datagram.length;
		ByteBuffer packet = ByteBuffer.allocate(16 + length).order(ByteOrder.LITTLE_ENDIAN);
		// In seconds and microseconds since 1970.
		packet.putInt(1_700_000_000).putInt(1_000 * this.packets).putInt(length).putInt(length);
		packet.order(ByteOrder.BIG_ENDIAN);
		packet.putShort((short) 0x4500).putShort((short) length).putShort((short) this.packets).putShort((short) 0)
				.put((byte) 64).put((byte) 17);
		packet.putShort((short) 0).put(from).put(to);
		packet.putShort(16 + 10, checksum(packet, 16));
		// Without a checksum of UDP (RFC 768).
		packet.putShort((short) fromPort).putShort((short) toPort).putShort((short) (UDP_HEADER + datagram.length));
		packet.putShort((short) 0).put(datagram);
		this.bytes.writeBytes(packet.array());
		this.packets++;
	}

	/** RFC 1071. */
	private static short checksum(ByteBuffer packet, int from) {
		int sum = 0;
		for (int at = from; at < from + IP_HEADER; at += 2) {
			sum += Short.toUnsignedInt(packet.getShort(at));
		}
		return (short) ~((sum & 0xFFFF) + (sum >>> 16));
	}

	byte[] bytes() {
		return this.bytes.toByteArray();
	}

}
