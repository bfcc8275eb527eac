package dev.udpprobe.monitor;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.exchange.Loop;
import dev.udpprobe.exchange.LoopTimer;
import dev.udpprobe.exchange.LocalPortBusyException;
import dev.udpprobe.exchange.LocalPortException;
import dev.udpprobe.exchange.NoDetailException;
import dev.udpprobe.exchange.SaturatedException;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.SendResult;

/**
 * A target with its rounds, on one loop. It is that loop's, but for what it remembers.
 */
final class WatchedTarget extends LoopTimer implements MonitoredTarget {

	private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** A target whose interval is long has its first round sooner. */
	private static final long FIRST_MILLIS = 10_000;

	/** Who is later has slept, and so have others: they do not all begin at once. */
	private static final long MAX_LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** The clock that timers are of stands still while the machine sleeps, so it is not asked for long. */
	private static final long MAX_WAIT_MILLIS = 30_000;

	private final Rounds rounds;

	private final Loop loop;

	private final long hash;

	private final TargetMemory memory;

	private final TargetSpec spec;

	private final TargetAsker asker;

	private long dueNanos;

	private long attempts;

	private long begunNanos;

	/** The number of the attempt; 0 if none is. Not the attempt itself: garbage would take longer to collect. */
	private final AtomicLong underWay = new AtomicLong();

	private volatile RoundSockets sockets;

	/** Whether the timer is not yet that of a round. */
	private boolean waiting;

	private volatile boolean left;

	/**
	 * @param memory what is remembered of it already
	 */
	WatchedTarget(TargetSpec spec, Rounds rounds, Loop loop, TargetMemory memory) {
		this.spec = spec;
		this.rounds = rounds;
		this.asker = new TargetAsker(spec, rounds);
		this.loop = loop;
		this.hash = Phase.hash(spec.name(), rounds.instance());
		this.memory = memory;
		this.sockets = rounds.sockets();
	}

	TargetMemory memory() {
		return this.memory;
	}

	@Override
	public TargetSpec spec() {
		return this.spec;
	}

	@Override
	public TargetStatus status() {
		return this.memory.status(this.spec);
	}

	@Override
	public State state() {
		return this.memory.state(this.spec);
	}

	@Override
	public TargetHistory.NewRounds roundsSince(TargetHistory.@Nullable Mark told, int max) {
		return this.memory.roundsSince(told, max);
	}

	@Override
	public TargetHistory history() {
		return this.memory.history();
	}

	/**
	 * Has its rounds begin. For any thread.
	 */
	void start() {
		if (!this.spec.rounds().isByHand()) {
			this.loop.execute(() -> {
				this.left = false;
				this.sockets = this.rounds.sockets();
				set(this.rounds.millis(), 0, nextMillis());
			});
		}
	}

	/**
	 * Has no more rounds begin. For any thread.
	 */
	void stop() {
		this.loop.execute(() -> {
			this.left = true;
			this.loop.cancel(this);
			if (this.underWay.get() == 0) {
				this.sockets.close();
			}
		});
	}

	/**
	 * @return within which time the next round is to begin
	 */
	private long nextMillis() {
		return this.memory.isNew() ? Math.min(intervalMillis(), FIRST_MILLIS) : intervalMillis();
	}

	private long intervalMillis() {
		return this.spec.rounds().interval().toMillis();
	}

	/**
	 * @param afterMillis how much later than now at the least
	 */
	private void set(long nowMillis, long afterMillis, long intervalMillis) {
		if (this.left) {
			return;
		}
		long leftMillis = Phase.next(this.hash, nowMillis + afterMillis, intervalMillis) - nowMillis;
		this.waiting = leftMillis > MAX_WAIT_MILLIS;
		this.dueNanos = System.nanoTime() + Math.min(leftMillis, MAX_WAIT_MILLIS) * NANOS;
		this.loop.set(this, this.dueNanos);
	}

	@Override
	protected void due() {
		long intervalMillis = intervalMillis();
		if (this.waiting) {
			set(this.rounds.millis(), 0, intervalMillis);
			return;
		}
		long lateNanos = System.nanoTime() - this.dueNanos;
		if (lateNanos > Math.min(intervalMillis * NANOS / 2, MAX_LATE_NANOS)) {
			this.rounds.skipped(1 + lateNanos / (intervalMillis * NANOS));
			set(this.rounds.millis(), 0, nextMillis());
			return;
		}
		// Half an interval, so that the time of this round does not come round again.
		set(this.rounds.millis(), intervalMillis / 2, intervalMillis);
		if (this.underWay.get() != 0) {
			this.rounds.skipped(1);
			if (System.nanoTime() - this.begunNanos <= MAX_LATE_NANOS + intervalMillis * NANOS) {
				return;
			}
			// It ends no more: memory was short when it should have been told.
			this.sockets.close();
			this.sockets = this.rounds.sockets();
		}
		begin(lateNanos);
	}

	private void begin(long lateNanos) {
		this.begunNanos = System.nanoTime();
		Attempt attempt = new Attempt(++this.attempts, this.rounds.millis(), this.begunNanos, lateNanos, this.sockets);
		this.underWay.set(attempt.number());
		try {
			var _ = this.asker.ask(attempt.sockets())
					.whenComplete((result, failure) -> end(attempt, result, failure));
		}
		catch (RuntimeException | Error ex) {
			end(attempt, null, ex);
		}
	}

	private void end(Attempt attempt, @Nullable SendResult result, @Nullable Throwable failure) {
		boolean awaited = this.underWay.compareAndSet(attempt.number(), 0);
		if (this.left || attempt.sockets() != this.sockets) {
			attempt.sockets().close();
			if (awaited) {
				this.rounds.skipped(1);
			}
		}
		else if (result != null) {
			ended(attempt, result);
		}
		else {
			failed(Objects.requireNonNull(failure));
		}
	}

	private void ended(Attempt attempt, SendResult result) {
		boolean saysNothing = result.outcome().shortage()
				|| (!(result.outcome() instanceof Outcome.Replied)
						&& attempt.sleptUntil(this.rounds.millis(), result.timeout()));
		if (saysNothing) {
			skipped();
			return;
		}
		this.rounds.ended(attempt.lateNanos(), intervalMillis());
		this.rounds.tell(this.spec,
				this.memory.add(Instant.ofEpochMilli(attempt.begunMillis()), result, this.spec.rounds()));
	}

	/**
	 * Nothing is known yet of a target whose first round is skipped, so it has another one soon.
	 */
	private void skipped() {
		this.rounds.skipped(1);
		if (nextMillis() < intervalMillis()) {
			this.loop.execute(() -> set(this.rounds.millis(), FIRST_MILLIS / 2, FIRST_MILLIS));
		}
	}

	/**
	 * What is wrong with the configuration lasts, so nobody knows any more how the target is. All else may be over with the next round.
	 */
	private void failed(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
				? failure.getCause()
				: failure;
		switch (cause) {
			case SaturatedException _,LocalPortBusyException _ -> skipped();
			case BadRequestException bad -> cannotBegin("%s: %s".formatted(bad.field(), bad.getMessage()));
			case ForbiddenTargetException _,NoDetailException _,LocalPortException _ ->
				cannotBegin(String.valueOf(cause.getMessage()));
			default -> {
				skipped();
				this.rounds.tell(this.spec, "a round has failed: " + cause, cause);
			}
		}
	}

	private void cannotBegin(String problem) {
		this.rounds.skipped(1);
		if (this.memory.cannotBegin(Instant.ofEpochMilli(this.rounds.millis()), problem)) {
			this.rounds.tell(this.spec, problem, null);
		}
	}

	@Override
	protected void fail(Throwable failure) {
		set(this.rounds.millis(), 0, intervalMillis());
		failed(failure);
	}

}
