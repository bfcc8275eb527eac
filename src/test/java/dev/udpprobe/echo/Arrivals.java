package dev.udpprobe.echo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Datagrams as they come from a socket.
 */
final class Arrivals {

	private Arrivals() {}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static Datagram datagram(String address, int port, byte[] payload, boolean sentToMany) {
		byte[] greeting = bytes("Hi, ");
		Datagram datagram = new Datagram(ByteBuffer.allocate(greeting.length + payload.length), greeting);
		datagram.peer().set(new InetSocketAddress(InetAddress.ofLiteral(address), port));
		datagram.cleared().put(payload);
		datagram.received(payload.length, sentToMany);
		return datagram;
	}

	static Datagram datagram(String address, int port) {
		return datagram(address, port, bytes("hello"), false);
	}

}
