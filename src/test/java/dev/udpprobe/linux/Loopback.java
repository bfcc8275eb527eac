package dev.udpprobe.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * Channels between ports of this host, with a reader. For one thread.
 */
final class Loopback implements AutoCloseable {

	private final InetAddress address;

	private final List<DatagramChannel> channels = new ArrayList<>();

	private final DatagramReader reader = new DatagramReader();

	Loopback(String address) {
		this.address = InetAddress.ofLiteral(address);
	}

	InetAddress address() {
		return this.address;
	}

	boolean isIpv6() {
		return this.address instanceof Inet6Address;
	}

	DatagramReader reader() {
		return this.reader;
	}

	/**
	 * Opens a channel that reports errors and takes times.
	 */
	DatagramChannel open() throws IOException {
		ProtocolFamily family = isIpv6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
		DatagramChannel channel = DatagramChannel.open(family);
		this.channels.add(channel);
		channel.configureBlocking(false);
		channel.bind(new InetSocketAddress(this.address, 0));
		SocketOptions.reportErrors(channel, isIpv6());
		SocketOptions.timestamp(channel);
		return channel;
	}

	DatagramChannel connect(InetSocketAddress remote) throws IOException {
		return open().connect(remote);
	}

	/**
	 * @return a channel that is connected to a port on which nobody listens
	 */
	DatagramChannel connectToClosedPort() throws IOException {
		DatagramChannel closed = open();
		InetSocketAddress port = local(closed);
		closed.close();
		return connect(port);
	}

	static InetSocketAddress local(DatagramChannel channel) {
		try {
			return (InetSocketAddress) channel.getLocalAddress();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends, though an error of a datagram before may be reported instead.
	 */
	static void send(DatagramChannel channel, byte[] payload) throws IOException {
		while (true) {
			try {
				channel.send(ByteBuffer.wrap(payload), channel.getRemoteAddress());
				return;
			}
			catch (PortUnreachableException _) {
				// Is in the queue as well.
			}
		}
	}

	/**
	 * @return the next datagram's payload
	 */
	byte[] receive(DatagramChannel channel) {
		await(() -> this.reader.receive(channel) == DatagramReader.Received.DATAGRAM);
		byte[] payload = new byte[this.reader.payload().remaining()];
		this.reader.payload().get(payload);
		return payload;
	}

	/**
	 * Reads the queue until it is empty.
	 */
	void readErrors(DatagramChannel channel, Reports reports) {
		while (this.reader.readError(channel, reports) != DatagramReader.Queued.NOTHING) {
			// There may be more.
		}
	}

	/**
	 * Reads the queue until it had so many errors.
	 */
	Reports errors(DatagramChannel channel, int count) {
		Reports reports = new Reports();
		await(() -> {
			readErrors(channel, reports);
			return reports.errors.size() >= count;
		});
		return reports;
	}

	/**
	 * Reads the queue until it had so many transmit times.
	 */
	Reports times(DatagramChannel channel, int count) {
		Reports reports = new Reports();
		await(() -> {
			readErrors(channel, reports);
			return reports.datagrams.size() >= count;
		});
		return reports;
	}

	/** The reader is for this thread alone. */
	static void await(Callable<Boolean> condition) {
		Awaitility.await()
				.pollInSameThread()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.atMost(Duration.ofSeconds(20))
				.until(condition);
	}

	/**
	 * @return nanoseconds since 1970 by the clock that the kernel uses
	 */
	static long realtimeNanos() {
		Instant now = Instant.now();
		return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
		for (DatagramChannel channel : this.channels) {
			channel.close();
		}
	}

	/**
	 * What was read of an error queue.
	 */
	static final class Reports implements DatagramReader.ErrorListener {

		private final List<Integer> datagrams = new ArrayList<>();

		private final List<Long> timesNanos = new ArrayList<>();

		private final List<QueuedError> errors = new ArrayList<>();

		private final List<byte[]> quoted = new ArrayList<>();

		List<Integer> datagrams() {
			return this.datagrams;
		}

		List<Long> timesNanos() {
			return this.timesNanos;
		}

		List<QueuedError> errors() {
			return this.errors;
		}

		List<byte[]> quoted() {
			return this.quoted;
		}

		@Override
		public void transmitted(int datagram, long timeNanos) {
			this.datagrams.add(datagram);
			this.timesNanos.add(timeNanos);
		}

		@Override
		public void failed(QueuedError error, ByteBuffer quoted) {
			byte[] bytes = new byte[quoted.remaining()];
			quoted.get(bytes);
			this.errors.add(error);
			this.quoted.add(bytes);
		}

	}

}
