package dev.udpprobe.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.udpprobe.exchange.Loop;
import dev.udpprobe.exchange.LoopTimer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When a target's timers are set, and what it does when one is due, on a loop that does nothing by itself.
 */
class WatchedTargetTests {

	private static final Duration INTERVAL = Duration.ofHours(1);

	private static final String NAME = "a";

	private static final String HOST = "host";

	private static final long NOW = 1_800_000_000_000L;

	private final AtomicLong millis = new AtomicLong(NOW);

	private final Server server = new Server();

	private final Rig rig = new Rig();

	private long dueNanos;

	private long waitMillis;

	private final Rounds rounds = new Rounds(this.rig.sender, this.rig.beside, new MonitorListener() {
	}, () -> Instant.ofEpochMilli(this.millis.get()), HOST, false);

	private final Loop loop = new Loop() {

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void set(LoopTimer timer, long atNanos) {
			WatchedTargetTests.this.dueNanos = atNanos;
			WatchedTargetTests.this.waitMillis = TimeUnit.NANOSECONDS.toMillis(atNanos - System.nanoTime());
		}

		@Override
		public void cancel(LoopTimer timer) {}

	};

	@AfterEach
	void close() {
		this.rig.close();
		this.server.close();
	}

	private WatchedTarget started(TargetMemory memory, Duration interval) {
		WatchedTarget target = new WatchedTarget(Rig.target(NAME, this.server.address(), Rig.every(interval)),
				this.rounds, this.loop, memory);
		target.start();
		return target;
	}

	private static TargetMemory fresh() {
		return new TargetMemory(Instant.EPOCH, false);
	}

	@Test
	void theFirstRoundComesWithinTenSeconds() {
		var _ = started(fresh(), INTERVAL);
		assertThat(this.waitMillis).isLessThanOrEqualTo(10_000);
	}

	@Test
	void whoseFirstRoundIsSkippedHasAnotherOneSoon() {
		WatchedTarget target = started(fresh(), INTERVAL);
		// There is no place any more.
		this.rig.beside.drain();
		target.due();
		await().until(() -> this.rounds.results().getOrDefault(RoundResult.SKIPPED, 0L) == 1);
		assertThat(this.waitMillis).isLessThanOrEqualTo(15_000);
	}

	@Test
	void aRoundThatBeginsLateIsCountedAsThatAndNotAsLoss() {
		Duration interval = Duration.ofSeconds(10);
		long moment = Phase.next(Phase.hash(NAME, HOST), NOW, interval.toMillis());
		this.millis.set(moment - 1);
		WatchedTarget target = started(fresh(), interval);
		await().pollInterval(Duration.ofMillis(1)).until(() -> {
			if (System.nanoTime() - this.dueNanos > TimeUnit.MILLISECONDS.toNanos(110)) {
				target.due();
			}
			return this.rounds.results().getOrDefault(RoundResult.LATE, 0L) == 1;
		});
		assertThat(this.rounds.results()).containsEntry(RoundResult.ON_TIME, 0L);
		assertThat(target.status().state()).isEqualTo(State.UP);
		assertThat(target.status().loss().oneMinute()).isZero();
	}

	/**
	 * The clock that timers are of stands still meanwhile, and the host's own does not.
	 */
	@Test
	void whoSleepsUntilShortlyBeforeItsMomentAsksThenAndNotLater() {
		TargetMemory memory = fresh();
		memory.add(Instant.ofEpochMilli(NOW), RoundRingTests.round(Instant.EPOCH, RoundRingTests.replied(1)).result(),
				Rig.every(INTERVAL));
		long moment = Phase.next(Phase.hash(NAME, HOST), NOW + 60_000, INTERVAL.toMillis());
		this.millis.set(moment - 50_000);
		WatchedTarget target = started(memory, INTERVAL);
		assertThat(this.waitMillis).isLessThanOrEqualTo(30_000);
		this.millis.set(moment - 10);
		target.due();
		assertThat(this.waitMillis).isLessThanOrEqualTo(10);
		assertThat(this.server.received()).isZero();
		this.millis.set(moment);
		target.due();
		await().until(() -> this.server.received() == 1);
		target.stop();
	}

	/**
	 * One that has begun and ends no more: here the loop that it is in flight on stands still.
	 */
	@Test
	void aRoundThatDoesNotEndIsGivenUpAndCountsForNothing() {
		CountDownLatch stands = new CountDownLatch(1);
		this.rig.engine.loops().getFirst().execute(() -> {
			try {
				stands.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		WatchedTarget target = started(fresh(), Rig.CALM);
		try {
			await().pollInterval(Duration.ofMillis(5)).until(() -> {
				target.due();
				return this.rig.beside.inFlight() == 2;
			});
		}
		finally {
			stands.countDown();
		}
		await().until(() -> this.rig.beside.inFlight() == 0 && this.server.received() == 2
				&& !target.history().rounds().isEmpty());
		assertThat(target.history().rounds()).as("of two").hasSize(1);
	}

}
