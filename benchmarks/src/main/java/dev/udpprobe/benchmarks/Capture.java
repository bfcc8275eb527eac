package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The exchanges in a capture file with nanoseconds, as {@code pcap-savefile(5)} has it,
 * of IPv4 over Ethernet, which is also what the loopback is captured as.
 */
final class Capture {

	/** What each payload starts with; its sequence follows. */
	static final byte[] MAGIC = "udpprobe".getBytes(StandardCharsets.US_ASCII);

	private static final int NANOSECONDS = 0xa1b23c4d;

	private static final int FILE_HEADER = 24;

	private static final int ETHERNET_HEADER = 14;

	private static final int UDP_HEADER = 8;

	private static final int GREETING = 4;

	private record Key(long sequence, int localPort) {}

	private final Map<Key, Long> requests = new HashMap<>();

	private final Map<Key, Long> replies = new HashMap<>();

	/**
	 * @param serverPort tells requests and replies apart
	 */
	Capture(Path file, int serverPort) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
		if (bytes.getInt() != NANOSECONDS) {
			throw new IOException(file + " has no nanoseconds of this machine");
		}
		bytes.position(FILE_HEADER);
		while (bytes.hasRemaining()) {
			long nanos = bytes.getInt() * 1_000_000_000L + bytes.getInt();
			int length = bytes.getInt();
			bytes.getInt();
			take(bytes.slice(bytes.position(), length), nanos, serverPort);
			bytes.position(bytes.position() + length);
		}
	}

	private void take(ByteBuffer packet, long nanos, int serverPort) throws IOException {
		int udp = ETHERNET_HEADER + (packet.get(ETHERNET_HEADER) & 0xf) * Integer.BYTES;
		int source = Short.toUnsignedInt(packet.getShort(udp));
		int destination = Short.toUnsignedInt(packet.getShort(udp + Short.BYTES));
		boolean request = destination == serverPort;
		packet.position(udp + UDP_HEADER + (request ? 0 : GREETING));
		byte[] magic = new byte[MAGIC.length];
		packet.get(magic);
		if (!Arrays.equals(magic, MAGIC)) {
			throw new IOException("the capture has a datagram of somebody else");
		}
		Key key = new Key(packet.getLong(), request ? source : destination);
		if ((request ? this.requests : this.replies).put(key, nanos) != null) {
			throw new IOException("the capture has a datagram twice");
		}
	}

	/**
	 * @return nanoseconds between the two datagrams of an exchange, or -1 if the capture has
	 * not both
	 */
	long roundTrip(long sequence, int localPort) {
		Key key = new Key(sequence, localPort);
		Long request = this.requests.get(key);
		Long reply = this.replies.get(key);
		return (request != null && reply != null) ? reply - request : -1;
	}

}
