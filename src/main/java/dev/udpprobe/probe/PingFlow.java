package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.exchange.NotSentException;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * One local port of a ping: what leaves from there, and what comes there. To send is for one thread; what comes
 * of it is told by the loop's.
 */
final class PingFlow implements FlowSettings.Listener {

	private static final System.Logger logger = System.getLogger(PingFlow.class.getName());

	private static final Outcome FAILED = new Outcome.NotSent("this program has failed");

	private static final int WAITS = 0;

	private static final int GIVEN_UP = 1;

	private static final int ANSWERED = 2;

	private static final int UNSENT = 3;

	private final PingNumbers numbers;

	private final PingPayloads payloads;

	private final Consumer<FlowDatagram> meters;

	private final Strays strays;

	private final Consumer<Pinged> told;

	/** What became of each datagram. */
	private final AtomicIntegerArray states;

	/** How many strays had come before each was sent. */
	private final AtomicIntegerArray earlierStrays;

	private final AtomicInteger ownStrays = new AtomicInteger();

	private final AtomicBoolean failed = new AtomicBoolean();

	private volatile long lastStrayNanos;

	private @Nullable Flow flow;

	private Runnable closed = () -> {};

	/**
	 * What came and was no answer in time, at all ports of a ping. For any thread.
	 */
	static final class Strays {

		/** Of those that nobody has taken yet. A peer may send more than anybody reads. */
		private static final int MAX_NUMBERS = 256;

		private final AtomicLong duplicates = new AtomicLong();

		private final BlockingQueue<Integer> duplicated = new ArrayBlockingQueue<>(MAX_NUMBERS);

		private final AtomicLong late = new AtomicLong();

		private final AtomicLong others = new AtomicLong();

		private void duplicate(int number) {
			this.duplicates.incrementAndGet();
			// Where there is no room, it is counted all the same.
			var _ = this.duplicated.offer(number);
		}

		/**
		 * @return the numbers of the datagrams that were answered again, since this was last asked
		 */
		List<Integer> takeDuplicated() {
			if (this.duplicated.isEmpty()) {
				return List.of();
			}
			List<Integer> numbers = new ArrayList<>();
			this.duplicated.drainTo(numbers);
			return numbers;
		}

		PingSummary.Others count() {
			return new PingSummary.Others(this.duplicates.get(), this.late.get(), this.others.get());
		}

	}

	/**
	 * Opens a flow that a listener hears of.
	 */
	interface Opening {

		Flow open(FlowSettings settings) throws NotSentException;

	}

	/**
	 * @param meters hears of each datagram that is over
	 * @param told hears of it, too
	 */
	PingFlow(PingNumbers numbers, PingPayloads payloads, Consumer<FlowDatagram> meters, Strays strays,
			Consumer<Pinged> told) {
		this.numbers = numbers;
		this.payloads = payloads;
		this.meters = meters;
		this.strays = strays;
		this.told = told;
		this.states = new AtomicIntegerArray(numbers.count());
		this.earlierStrays = new AtomicIntegerArray(numbers.count());
	}

	/**
	 * Opens it. To be called once, before anything is sent.
	 * @param waiting how many datagrams may wait at once
	 * @param released runs when it is closed, maybe more than once
	 */
	void open(int waiting, Runnable released, Opening opening) throws NotSentException {
		int window = Math.min(Math.min(waiting, this.numbers.count()), this.payloads.window());
		this.closed = released;
		boolean opened = false;
		try {
			this.flow = opening.open(new FlowSettings(window, this.payloads, this));
			opened = true;
		}
		finally {
			if (!opened) {
				released.run();
			}
		}
	}

	private Flow flow() {
		return Objects.requireNonNull(this.flow, "the flow is not open");
	}

	/**
	 * @see PingPayloads#bytes
	 */
	int bytes() {
		return this.payloads.bytes();
	}

	InetSocketAddress local() {
		return flow().local();
	}

	/**
	 * Sends the datagram of a number, and tells what comes of it.
	 */
	void send(int number) {
		this.earlierStrays.set(this.numbers.indexOf(number), this.ownStrays.get());
		var _ = this.payloads.send(flow(), number).exceptionally((failure) -> {
			// The listener has not heard of all that fails.
			failed(failure);
			over(number, false, FAILED, Duration.ZERO);
			return null;
		});
	}

	@Override
	public void ended(FlowDatagram datagram) {
		try {
			this.meters.accept(datagram);
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
		over((int) datagram.key(), datagram.isSent(), datagram.outcome(), datagram.waited());
	}

	/** Once, because all others most likely fail alike. */
	private void failed(Throwable failure) {
		if (this.failed.compareAndSet(false, true)) {
			logger.log(System.Logger.Level.ERROR, "a datagram of a ping has failed", failure);
		}
	}

	private void over(int number, boolean sent, Outcome outcome, Duration waited) {
		int index = this.numbers.indexOf(number);
		int state = !sent ? UNSENT : (outcome instanceof Outcome.Replied) ? ANSWERED : GIVEN_UP;
		if (!this.states.compareAndSet(index, WAITS, state)) {
			return;
		}
		int strays = this.ownStrays.get() - this.earlierStrays.get(index);
		Outcome told = switch (outcome) {
			case Outcome.Replied replied -> replied.withoutReply();
			case Outcome.TimedOut _ when strays > 0 -> mismatched(waited);
			case Outcome same -> same;
		};
		Judgement judgement;
		try {
			judgement = this.payloads.over(number, (told instanceof Outcome.Mismatched) ? told : outcome, waited);
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			// Or else a line would be waited for that never comes.
			this.told.accept(Pinged.unsent(number, this.numbers.flow(), FAILED));
			return;
		}
		this.told.accept(
				new Pinged(number, this.numbers.flow(), local(), sent, told, waited, strays, judgement));
	}

	/**
	 * It was not silence.
	 */
	private Outcome mismatched(Duration waited) {
		long nanos = waited.toNanos() - (System.nanoTime() - this.lastStrayNanos);
		return new Outcome.Mismatched(new byte[0], RoundTrip.jvm(Math.max(0, nanos)), null);
	}

	@Override
	public void strayed(long key, byte[] payload) {
		int index = this.numbers.indexOf(key);
		switch ((index >= 0) ? this.states.get(index) : WAITS) {
			case ANSWERED -> this.strays.duplicate((int) key);
			case GIVEN_UP -> {
				this.strays.late.incrementAndGet();
				this.states.set(index, ANSWERED);
			}
			default -> {
				this.strays.others.incrementAndGet();
				this.lastStrayNanos = System.nanoTime();
				this.ownStrays.incrementAndGet();
			}
		}
	}

	/**
	 * Closes the flow, once; what still waits is told of before.
	 */
	void close() {
		flow().close();
		this.closed.run();
	}

}
