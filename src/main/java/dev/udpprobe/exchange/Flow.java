package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.linux.SocketOptions;

/**
 * Several datagrams on one socket, so with one local port, which load balancers keep on one
 * path. An ICMP error belongs to the datagram that it quotes, whichever call reports it; a
 * reply to the one whose payload it has in it. What tells neither is taken for the answer to
 * the oldest that still waits.
 *
 * <p>
 * For the thread that opened it alone. It needs the kernel's detail, and holds one of the
 * exchanger's places until it is closed.
 */
public final class Flow implements AutoCloseable {

	/** Each send may meet an error of a datagram before it, and then has not sent. */
	private static final int SEND_TRIES = 8;

	private final DatagramChannel channel;

	private final InetSocketAddress remote;

	private final InetSocketAddress local;

	private final Runnable closed;

	private final Selector selector = Selector.open();

	private final DatagramReader reader = new DatagramReader();

	private final Incoming incoming = new Incoming();

	private final List<FlowDatagram> datagrams = new ArrayList<>();

	/** In the order in which the kernel counts them. */
	private final List<FlowDatagram> left = new ArrayList<>();

	/**
	 * Takes over the channel, unless it throws.
	 * @param channel connected, and one that reports errors
	 * @param closed what else is to be done when the flow is closed
	 */
	Flow(DatagramChannel channel, InetSocketAddress remote, Runnable closed) throws IOException {
		this.channel = channel;
		this.remote = remote;
		this.closed = closed;
		this.local = (InetSocketAddress) channel.getLocalAddress();
		channel.register(this.selector, SelectionKey.OP_READ);
	}

	public InetSocketAddress remote() {
		return this.remote;
	}

	public InetSocketAddress local() {
		return this.local;
	}

	/**
	 * @return all datagrams so far
	 */
	public List<FlowDatagram> datagrams() {
		return Collections.unmodifiableList(this.datagrams);
	}

	/**
	 * Sets how many hops the next datagrams may go.
	 * @param hops 1 to 255
	 */
	public void hopLimit(int hops) throws IOException {
		SocketOptions.hopLimit(this.channel, isIpv6(), hops);
	}

	/**
	 * Has the next datagrams neither fragmented nor held back for what was learnt of the path
	 * earlier.
	 */
	public void probeMtu() throws IOException {
		SocketOptions.probeMtu(this.channel, isIpv6());
	}

	private boolean isIpv6() {
		return this.remote.getAddress() instanceof Inet6Address;
	}

	/**
	 * Sends one datagram.
	 * @param payload 1 byte or more
	 * @return the datagram, which is over already if it could not be sent
	 */
	public FlowDatagram send(byte[] payload) {
		FlowDatagram datagram = new FlowDatagram(payload);
		this.datagrams.add(datagram);
		for (int tries = 1; !datagram.isOver() && !datagram.isSent(); tries++) {
			send(datagram, tries == SEND_TRIES);
		}
		return datagram;
	}

	private void send(FlowDatagram datagram, boolean lastTry) {
		datagram.sending();
		try {
			if (this.channel.send(ByteBuffer.wrap(datagram.payload()), this.remote) == 0) {
				datagram.end(new Outcome.NotSent("the send buffer is full"));
				return;
			}
			datagram.sent();
			this.left.add(datagram);
		}
		catch (IOException ex) {
			this.incoming.unsent = datagram;
			int errors = this.reader.readErrors(this.channel, this.incoming);
			this.incoming.unsent = null;
			if (!datagram.isOver() && (errors == 0 || lastTry)) {
				datagram.end(Failures.onSend(ex));
			}
		}
	}

	/**
	 * Waits until these datagrams are over; those that are not in time have timed out.
	 * @param timeout from now; positive
	 * @throws InterruptedException if the thread was interrupted
	 */
	public void await(List<FlowDatagram> awaited, Duration timeout) throws IOException, InterruptedException {
		long startNanos = System.nanoTime();
		long timeoutNanos = timeout.toNanos();
		while (true) {
			read();
			long remainingNanos = timeoutNanos - (System.nanoTime() - startNanos);
			if (remainingNanos <= 0 || awaited.stream().allMatch(FlowDatagram::isOver)) {
				break;
			}
			this.selector.select((_) -> {}, TimeUnit.NANOSECONDS.toMillis(remainingNanos) + 1);
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
		giveUp(awaited);
	}

	private static void giveUp(List<FlowDatagram> datagrams) {
		datagrams.stream()
				.filter((datagram) -> !datagram.isOver())
				.forEach((datagram) -> datagram.end(new Outcome.TimedOut()));
	}

	private void read() {
		this.reader.readErrors(this.channel, this.incoming);
		DatagramReader.Received received;
		while ((received = this.reader.receive(this.channel)) != DatagramReader.Received.NOTHING) {
			if (received == DatagramReader.Received.DATAGRAM) {
				take();
			}
			this.reader.readErrors(this.channel, this.incoming);
		}
	}

	private void take() {
		long arrivedNanos = this.reader.timeNanos();
		byte[] reply = new byte[this.reader.payload().remaining()];
		this.reader.payload().get(reply);
		FlowDatagram datagram = answered(reply);
		if (datagram != null) {
			// Its transmit time may still be in the queue.
			this.reader.readErrors(this.channel, this.incoming);
			datagram.end(new Outcome.Replied(reply, datagram.roundTrip(arrivedNanos)));
		}
	}

	private @Nullable FlowDatagram answered(byte[] reply) {
		Predicate<FlowDatagram> isAnswered = (datagram) -> Quotation.within(datagram.payload(), reply);
		return oldestOpen(this.left.stream().anyMatch(isAnswered) ? isAnswered : (_) -> true);
	}

	private @Nullable FlowDatagram oldestOpen(Predicate<FlowDatagram> wanted) {
		return this.left.stream().filter(wanted).filter((datagram) -> !datagram.isOver()).findFirst().orElse(null);
	}

	private final class Incoming implements DatagramReader.ErrorListener {

		/** What is being sent. */
		private @Nullable FlowDatagram unsent;

		@Override
		public void transmitted(int datagram, long timeNanos) {
			if (datagram < Flow.this.left.size()) {
				Flow.this.left.get(datagram).transmitted(timeNanos);
			}
		}

		@Override
		public void failed(QueuedError error, ByteBuffer quoted) {
			if (error.origin() == QueuedError.Origin.LOCAL) {
				if (this.unsent != null) {
					this.unsent.end(Failures.tooBigToSend(error.info()));
				}
				return;
			}
			FlowDatagram datagram = oldestOpen((candidate) -> Quotation.of(candidate.payload(), quoted));
			if (datagram != null) {
				datagram.end(Failures.onIcmp(error, datagram.roundTrip(error.timeNanos())));
			}
		}

	}

	/**
	 * Ends what still waits, and closes the socket.
	 */
	@Override
	public void close() {
		giveUp(this.datagrams);
		try (this.reader; this.selector; this.channel) {
			this.closed.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
