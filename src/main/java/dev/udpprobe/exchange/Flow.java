package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * Several datagrams on one socket, so with one local port, which load balancers keep on one
 * path. Any number may wait for their answers at once, up to the window. An ICMP error
 * belongs to the datagram that it quotes, whichever call reports it; what else comes, to the
 * one that the {@link Correlation} says.
 *
 * <p>
 * For any thread: what is asked of it is done in order, on the thread of the loop that it
 * belongs to, at once if it is asked there. It counts as one of the engine's exchanges in
 * flight until it is closed. Without the kernel's detail, an ICMP error counts for the datagram
 * that waits for longest, and hop limits cannot be set.
 */
public final class Flow extends Endpoint implements AutoCloseable {

	private static final int MAX_HOPS = 255;

	/** So many answers any receive buffer has room for. */
	private static final int ROOM = 64;

	/** What a short datagram takes of it, in bytes. */
	private static final int BYTES = 1_280;

	private final FlowSettings settings;

	private final BooleanSupplier stopped;

	private final boolean hasErrors;

	private final FlowWindow window;

	/** When the last look began that found all that had come. */
	private long lookedNanos = openedNanos();

	/** What an answer was read for: an error that is found only then does not count. */
	private @Nullable FlowDatagram answered;

	/**
	 * @param channel connected, and one that reports errors where the kernel's detail is available
	 * @param stopped whether to wait no more
	 */
	Flow(ExchangeLoop loop, ExchangeChannels channels, DatagramChannel channel, InetSocketAddress remote,
			ExchangeOptions options, FlowSettings settings, BooleanSupplier stopped) throws IOException {
		super(loop, channels, channel, remote, options);
		this.settings = settings;
		this.stopped = stopped;
		this.hasErrors = channels.detail().errors();
		this.window = new FlowWindow(settings.window());
		if (settings.window() > ROOM) {
			// As much as the system gives.
			channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.window() * BYTES);
		}
	}

	/**
	 * Has the loop read what comes.
	 */
	void begin() {
		attempt(() -> {
			loop().check();
			listen();
		});
	}

	/**
	 * Sets how many hops the next datagrams may go. If the system does not take it, they end as
	 * not sent.
	 * @param hops 1 to 255
	 */
	public void hopLimit(int hops) {
		if (hops < 1 || hops > MAX_HOPS) {
			throw new IllegalArgumentException("hops takes 1 to " + MAX_HOPS);
		}
		loop().run(() -> set((channel) -> SocketOptions.hopLimit(channel, isIpv6(), hops)));
	}

	/**
	 * Has the next datagrams neither fragmented nor held back for what was learnt of the path
	 * earlier. If the system does not take it, they end as not sent.
	 */
	public void probeMtu() {
		loop().run(() -> set((channel) -> SocketOptions.probeMtu(channel, isIpv6())));
	}

	/**
	 * Sends one datagram, at once where this is the loop's thread.
	 * @param key by which the {@link Correlation} knows it, 0 or more; of no other that waits
	 * @param payload 1 byte or more; not to be changed any more
	 * @param timeout how long an answer is waited for, counted from the send; positive
	 * @return completed by the loop's thread when the datagram is over, and never before this
	 * returns there; with an IllegalArgumentException if the key is not free
	 */
	public CompletableFuture<FlowDatagram> send(long key, byte[] payload, Duration timeout) {
		FlowDatagram datagram = new FlowDatagram(this, key, payload, timeout.toNanos());
		loop().run(() -> attempt(() -> {
			try {
				send(datagram, payload);
			}
			catch (RuntimeException | Error ex) {
				tell(() -> datagram.promise().completeExceptionally(ex));
				throw ex;
			}
		}));
		return datagram.promise();
	}

	private void send(FlowDatagram datagram, byte[] payload) {
		if (!this.window.isFree(datagram.key())) {
			tell(() -> datagram.promise()
					.completeExceptionally(
							new IllegalArgumentException("a key is 0 or more, and of no datagram that waits")));
			return;
		}
		Outcome unsent = unsent(datagram, payload);
		if (unsent != null) {
			end(datagram, unsent);
			return;
		}
		this.window.add(datagram);
		loop().set(datagram, this.stopped.getAsBoolean() ? System.nanoTime() : datagram.dueNanos());
		loop().reader().readError(this);
	}

	private @Nullable Outcome unsent(FlowDatagram datagram, byte[] payload) {
		if (!isOpen()) {
			return new Outcome.NotSent("the flow is closed");
		}
		if (this.window.isFull()) {
			return new Outcome.NotSent(String.format(Locale.ROOT, "%,d datagrams from that port wait for their answers",
					this.settings.window()));
		}
		return transmit(datagram, payload);
	}

	@Override
	@Nullable
	SentDatagram sent(int index) {
		return this.window.sent(index);
	}

	@Override
	@Nullable
	Object awaiting() {
		return this.window.isWaiting() ? this : null;
	}

	/**
	 * Whatever ICMP says is in the queue as well, where there is one.
	 */
	@Override
	boolean isIgnoring(IOException pending) {
		return this.hasErrors;
	}

	@Override
	void reported(QueuedError error, ByteBuffer quoted) {
		FlowDatagram datagram = this.window.findQuoted(this.settings.correlation().quoted(quoted.slice()), quoted);
		if (datagram == null || datagram == this.answered) {
			return;
		}
		RoundTrip roundTrip = datagram.roundTrip(error.timeNanos(), System.nanoTime());
		if (!datagram.isTooLate(roundTrip)) {
			end(datagram, Failures.onIcmp(error, roundTrip));
		}
	}

	@Override
	void received(byte[] payload, InetSocketAddress from, long arrivedNanos, long nowNanos) {
		long key = this.settings.correlation().answered(ByteBuffer.wrap(payload));
		FlowDatagram datagram = this.window.find(key);
		if (datagram == null) {
			this.settings.listener().strayed(key, payload);
			return;
		}
		if (!datagram.isTimed()) {
			this.answered = datagram;
			loop().reader().readErrors(this);
			this.answered = null;
		}
		if (!this.window.isWaiting(datagram)) {
			// Whoever was told of an error has closed the flow.
			return;
		}
		if (datagram.isAfter(arrivedNanos, nowNanos - openedNanos())) {
			// Whoever was told of the datagram before has sent this one in between.
			this.settings.listener().strayed(key, payload);
			return;
		}
		RoundTrip roundTrip = datagram.roundTrip(arrivedNanos, nowNanos);
		if (datagram.isTooLate(roundTrip)) {
			end(datagram, new Outcome.TimedOut());
			this.settings.listener().strayed(datagram.key(), payload);
		}
		else {
			end(datagram, new Outcome.Replied(payload, roundTrip));
		}
	}

	/**
	 * Looks once more when the time is over, as for an exchange.
	 */
	@Override
	void due(SentDatagram sent) {
		FlowDatagram datagram = (FlowDatagram) sent;
		if (this.lookedNanos - datagram.dueNanos() < 0) {
			this.lookedNanos = System.nanoTime();
			loop().reader().readLast(this);
		}
		if (this.window.isWaiting(datagram)) {
			end(datagram, new Outcome.TimedOut());
		}
	}

	@Override
	void hurry() {
		this.window.waiting().forEach((datagram) -> loop().set(datagram, System.nanoTime()));
	}

	@Override
	int backlog() {
		return this.settings.window();
	}

	/**
	 * What ICMP says counts for the datagram that waits for longest: nothing tells which one it quotes.
	 */
	@Override
	void broke(IOException error) {
		FlowDatagram oldest = this.window.find(Correlation.OLDEST);
		Outcome outcome = Failures.onReceive(error, isIpv6(), (oldest != null)
				? oldest.roundTrip(0, System.nanoTime())
				: RoundTrip.jvm(0));
		if (outcome instanceof Outcome.NotSent) {
			fail(error);
		}
		else if (oldest != null) {
			end(oldest, outcome);
		}
	}

	/**
	 * The listener is told, so that it knows all that left; who sent them hears of the failure.
	 */
	@Override
	void fail(Throwable failure) {
		if (release()) {
			this.window.waiting()
					.forEach((datagram) -> end(datagram, new Outcome.NotSent("this program has failed"), failure));
		}
	}

	private void end(FlowDatagram datagram, Outcome outcome) {
		end(datagram, outcome, null);
	}

	private void end(FlowDatagram datagram, Outcome outcome, @Nullable Throwable failure) {
		this.window.remove(datagram);
		loop().cancel(datagram);
		datagram.end(outcome, failure);
		tell(() -> datagram.tell(this.settings.listener()));
	}

	/**
	 * Closes the socket, once, and ends what still waits as timed out. Waits until that is
	 * done, but not in the thread of a loop.
	 */
	@Override
	public void close() {
		close(() -> {
			// First, so that nothing waits that is sent by whoever is told.
			if (release()) {
				this.window.waiting().forEach((datagram) -> end(datagram, new Outcome.TimedOut()));
			}
		});
	}

}
