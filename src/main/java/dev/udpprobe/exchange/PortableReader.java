package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.net.PayloadLimits;

/**
 * Reads with the JDK alone, which tells of some ICMP errors, but not who reported them.
 */
final class PortableReader extends SocketReader {

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(PayloadLimits.BUFFER);

	/**
	 * {@code receive}, on a connected channel too: {@code read} cannot tell an empty
	 * datagram from none.
	 */
	@Override
	boolean read(Endpoint endpoint) throws IOException {
		InetSocketAddress from = (InetSocketAddress) endpoint.channel().receive(this.buffer.clear());
		if (from != null) {
			byte[] payload = new byte[this.buffer.flip().remaining()];
			this.buffer.get(payload);
			endpoint.received(payload, from, 0, System.nanoTime());
		}
		return from != null;
	}

	@Override
	boolean discard(Endpoint endpoint) throws IOException {
		try {
			return endpoint.channel().receive(this.buffer.clear()) != null;
		}
		catch (PortUnreachableException _) {
			return true;
		}
	}

	@Override
	DatagramReader.Queued readError(Endpoint endpoint) {
		return DatagramReader.Queued.NOTHING;
	}

	@Override
	public void close() {}

}
