package dev.udpprobe.echo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.udpprobe.server.Slot;

/**
 * Datagrams as they come from a socket.
 */
final class Arrivals {

	private static final byte[] GREETING = bytes("Hi, ");

	private Arrivals() {}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static Slot datagram(String address, int port, byte[] payload, boolean sentToMany) {
		Slot datagram = new Slot(ByteBuffer.allocate(GREETING.length + payload.length).put(GREETING).put(payload),
				GREETING.length);
		datagram.peer().set(new InetSocketAddress(InetAddress.ofLiteral(address), port));
		datagram.received(payload.length, sentToMany);
		return datagram;
	}

	static Slot datagram(String address, int port) {
		return datagram(address, port, bytes("hello"), false);
	}

}
