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
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.outcome.Outcome;

/**
 * Several datagrams on one socket, so with one local port, which load balancers keep on one
 * path. An ICMP error belongs to the datagram that it quotes, whichever call reports it; a
 * reply to the one whose payload it has in it. What tells neither is taken for the answer to
 * the oldest that still waits.
 *
 * <p>
 * For the thread that opened it alone. It needs the kernel's detail, and counts as one of the
 * engine's exchanges in flight until it is closed.
 */
public final class Flow implements AutoCloseable {

	/** Each send may meet an error of a datagram before it, and then has not sent. */
	private static final int SEND_TRIES = 8;

	/** Between looks at whether the service stops. */
	private static final long MAX_WAIT_MILLIS = 100;

	private final DatagramChannel channel;

	private final InetSocketAddress remote;

	private final InetSocketAddress local;

	private final boolean ipv6;

	private final LocalPorts ports;

	private final BooleanSupplier stopped;

	private final Runnable closed;

	private final Selector selector = Selector.open();

	private final DatagramReader reader = new DatagramReader();

	private final Incoming incoming = new Incoming();

	private final List<FlowDatagram> datagrams = new ArrayList<>();

	private final SentDatagrams left = new SentDatagrams();

	/**
	 * Takes over the channel, unless it throws.
	 * @param channel connected, and one that reports errors
	 * @param ports where its local port comes from
	 * @param stopped whether to wait no more
	 * @param closed what is to be done when the flow is closed
	 */
	Flow(DatagramChannel channel, InetSocketAddress remote, LocalPorts ports, BooleanSupplier stopped, Runnable closed)
			throws IOException {
		this.channel = channel;
		this.remote = remote;
		this.ipv6 = remote.getAddress() instanceof Inet6Address;
		this.ports = ports;
		this.stopped = stopped;
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
		SocketOptions.hopLimit(this.channel, this.ipv6, hops);
	}

	/**
	 * Has the next datagrams neither fragmented nor held back for what was learnt of the path
	 * earlier.
	 */
	public void probeMtu() throws IOException {
		SocketOptions.probeMtu(this.channel, this.ipv6);
	}

	/**
	 * Sends one datagram.
	 * @param payload 1 byte or more
	 * @return the datagram, which is over already if it could not be sent
	 */
	public FlowDatagram send(byte[] payload) {
		return send(payload, payload.length);
	}

	/**
	 * Sends one datagram of which an echo returns only the beginning.
	 * @param payload 1 byte or more
	 * @param echoed how many bytes an echo returns
	 * @return the datagram, which is over already if it could not be sent
	 */
	public FlowDatagram send(byte[] payload, int echoed) {
		FlowDatagram datagram = new FlowDatagram(payload, echoed);
		this.datagrams.add(datagram);
		for (int tries = 1; !datagram.isOver() && !datagram.isSent(); tries++) {
			send(datagram, payload, tries);
		}
		return datagram;
	}

	private void send(FlowDatagram datagram, byte[] payload, int tries) {
		datagram.sending();
		try {
			if (this.channel.send(ByteBuffer.wrap(payload), this.remote) > 0) {
				datagram.sent();
				this.left.add(datagram);
				return;
			}
			datagram.end(new Outcome.NotSent("the send buffer is full"));
			this.reader.readErrors(this.channel, this.incoming);
		}
		catch (IOException ex) {
			this.incoming.unsent = datagram;
			int errors = this.reader.readErrors(this.channel, this.incoming);
			this.incoming.unsent = null;
			// Twice without an error in the queue, which the kernel fills before it has one pending.
			if (!datagram.isOver() && ((errors == 0 && tries > 1) || tries == SEND_TRIES)) {
				datagram.end(Failures.onSend(ex));
			}
		}
		restartCount();
	}

	private void restartCount() {
		try {
			SocketOptions.restartCount(this.channel);
			this.left.restartCount();
		}
		catch (IOException _) {
			// Nor does this kernel take times.
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
			read(startNanos, timeoutNanos);
			long remainingNanos = timeoutNanos - (System.nanoTime() - startNanos);
			if (remainingNanos <= 0 || this.stopped.getAsBoolean()
					|| awaited.stream().allMatch(FlowDatagram::isOver)) {
				break;
			}
			this.selector.select((_) -> {},
					Math.min(TimeUnit.NANOSECONDS.toMillis(remainingNanos) + 1, MAX_WAIT_MILLIS));
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

	/**
	 * Reads what is there, at least once, but no longer than the time-out, whatever a flood brings.
	 */
	private void read(long startNanos, long timeoutNanos) {
		do {
			this.reader.readErrors(this.channel, this.incoming);
			switch (this.reader.receive(this.channel)) {
				case DATAGRAM -> take();
				case ERROR -> {
				} // Is in the queue as well.
				case NOTHING -> {
					return;
				}
			}
		} while (System.nanoTime() - startNanos < timeoutNanos);
	}

	private void take() {
		FlowDatagram datagram = this.left.answeredBy(this.reader.payload());
		if (datagram != null) {
			long arrivedNanos = this.reader.timeNanos();
			byte[] reply = new byte[this.reader.payload().remaining()];
			this.reader.payload().get(reply);
			// Its transmit time may still be in the queue.
			this.reader.readErrors(this.channel, this.incoming);
			datagram.end(new Outcome.Replied(reply, datagram.roundTrip(arrivedNanos)));
		}
	}

	private final class Incoming implements DatagramReader.ErrorListener {

		/** What is being sent. */
		private @Nullable FlowDatagram unsent;

		@Override
		public void transmitted(int datagram, long timeNanos) {
			Flow.this.left.transmitted(datagram, timeNanos);
		}

		@Override
		public void failed(QueuedError error, ByteBuffer quoted) {
			if (error.origin() == QueuedError.Origin.LOCAL) {
				if (this.unsent != null) {
					this.unsent.end(Failures.tooBigToSend(error.info()));
				}
				return;
			}
			FlowDatagram datagram = Flow.this.left.quotedBy(quoted, Flow.this.ipv6);
			if (datagram != null) {
				datagram.end(Failures.onIcmp(error, datagram.roundTrip(error.timeNanos())));
			}
		}

	}

	/**
	 * Ends what still waits, and closes the socket, once.
	 */
	@Override
	public void close() {
		if (!this.channel.isOpen()) {
			return;
		}
		giveUp(this.datagrams);
		try (this.reader; this.selector; this.channel) {
			this.ports.retire(this.local.getPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.closed.run();
		}
	}

}
