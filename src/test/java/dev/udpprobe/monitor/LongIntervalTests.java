package dev.udpprobe.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.udpprobe.exchange.Loop;
import dev.udpprobe.exchange.LoopTimer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When timers are set for a target that is asked every hour, on a loop that does nothing by itself.
 */
class LongIntervalTests {

	private static final Duration INTERVAL = Duration.ofHours(1);

	private static final String NAME = "a";

	private static final String HOST = "host";

	private static final long NOW = 1_800_000_000_000L;

	private final AtomicLong millis = new AtomicLong(NOW);

	private final Server server = new Server();

	private final Rig rig = new Rig();

	private long waitMillis;

	private final Loop loop = new Loop() {

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void set(LoopTimer timer, long atNanos) {
			LongIntervalTests.this.waitMillis = TimeUnit.NANOSECONDS.toMillis(atNanos - System.nanoTime());
		}

		@Override
		public void cancel(LoopTimer timer) {}

	};

	@AfterEach
	void close() {
		this.rig.close();
		this.server.close();
	}

	private WatchedTarget started(TargetMemory memory) {
		Rounds rounds = new Rounds(this.rig.sender, this.rig.beside, new MonitorListener() {
		},
				() -> Instant.ofEpochMilli(this.millis.get()), HOST, false);
		WatchedTarget target = new WatchedTarget(Rig.target(NAME, this.server.address(), Rig.every(INTERVAL)), rounds,
				this.loop, memory);
		target.start();
		return target;
	}

	@Test
	void theFirstRoundComesWithinTenSeconds() {
		var _ = started(new TargetMemory(Instant.EPOCH, false));
		assertThat(this.waitMillis).isLessThanOrEqualTo(10_000);
	}

	/**
	 * The clock that timers are of stands still meanwhile, and the host's own does not.
	 */
	@Test
	void whoSleepsUntilShortlyBeforeItsMomentAsksThenAndNotLater() {
		TargetMemory memory = new TargetMemory(Instant.EPOCH, false);
		memory.add(Instant.ofEpochMilli(NOW), RoundRingTests.round(Instant.EPOCH, RoundRingTests.replied(1)).result(),
				Rig.every(INTERVAL));
		long moment = Phase.next(Phase.hash(NAME, HOST), NOW + 60_000, INTERVAL.toMillis());
		this.millis.set(moment - 50_000);
		WatchedTarget target = started(memory);
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

}
