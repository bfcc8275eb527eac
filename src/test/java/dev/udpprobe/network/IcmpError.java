package dev.udpprobe.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/**
 * An ICMP error (RFC 792, RFC 4443) about a datagram.
 */
record IcmpError(Family family, int type, int code, Quote quote) {

	private static final Duration POLL = Duration.ofMillis(2);

	/**
	 * @param message type and code, such as {@code 3/1}
	 */
	static IcmpError of(Family family, String message, Quote quote) {
		int slash = message.indexOf('/');
		return new IcmpError(family, Integer.parseInt(message.substring(0, slash)),
				Integer.parseInt(message.substring(slash + 1)), quote);
	}

	/**
	 * @return the message, without an IP header
	 */
	private byte[] bytes(Place from, int fromPort, Place to, int toPort) throws UnknownHostException {
		byte[] payload = this.quote.payload();
		short udpLength = (short) (8 + Probe.MESSAGE.length());
		ByteBuffer message = ByteBuffer.allocate(8 + 40 + 8 + payload.length)
				.put((byte) this.type)
				.put((byte) this.code)
				.putShort((short) 0)
				.putInt(0);
		switch (this.family) {
			case IPV4 -> message.putShort((short) 0x4500)
					.putShort((short) (20 + udpLength))
					.putInt(0x4000)
					.put((byte) 61)
					.put(this.quote.protocol())
					.putShort((short) 0);
			case IPV6 -> message.putInt(0x60000000).putShort(udpLength).put(this.quote.protocol()).put((byte) 61);
		}
		message.put(InetAddress.getByName(this.family.address(from)).getAddress())
				.put(InetAddress.getByName(this.family.address(to)).getAddress())
				.putShort(this.quote.port(fromPort))
				.putShort((short) toPort)
				.putShort(udpLength)
				.putShort((short) 0)
				.put(payload);
		byte[] bytes = new byte[message.flip().remaining()];
		message.get(bytes);
		if (this.family == Family.IPV4) {
			// Of IPv6 the kernel sets it, since it is over the addresses too.
			ByteBuffer.wrap(bytes).putShort(2, checksum(bytes));
		}
		return bytes;
	}

	/**
	 * Sends the message to whoever is to have sent the datagram, and waits until it has come.
	 */
	void send(Namespace by, Namespace sender, Place from, int fromPort, Place to, int toPort)
			throws UnknownHostException {
		long before = Counters.of(sender).icmpErrorsIn(this.family);
		by.run(bytes(from, fromPort, to, toPort), "socat", "-u", "STDIN",
				((this.family == Family.IPV4) ? "IP4-SENDTO:%s:1" : "IP6-SENDTO:[%s]:58")
						.formatted(this.family.address(from)));
		await().pollDelay(Duration.ZERO).pollInterval(POLL)
				.until(() -> Counters.of(sender).icmpErrorsIn(this.family) == before + 1);
	}

	/**
	 * The Internet checksum (RFC 1071).
	 */
	private static short checksum(byte[] bytes) {
		int sum = 0;
		for (int i = 0; i < bytes.length; i++) {
			sum += Byte.toUnsignedInt(bytes[i]) << ((i % 2 == 0) ? 8 : 0);
		}
		while (sum >>> 16 != 0) {
			sum = (sum & 0xffff) + (sum >>> 16);
		}
		return (short) ~sum;
	}

}
