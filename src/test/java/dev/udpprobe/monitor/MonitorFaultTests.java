package dev.udpprobe.monitor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.Resolvers;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What may be in the way of rounds: the host, its clock, its name servers, other targets.
 */
@Execution(ExecutionMode.CONCURRENT)
class MonitorFaultTests {

	/** Of a machine that is busy with other tests. */
	private static final RoundSettings TOLERANT = new RoundSettings(Rig.INTERVAL, null, 1, 100, null);

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static Resolver addresses() {
		return Resolvers.of(Set.of(), Duration.ZERO, (_) -> List.of());
	}

	/**
	 * A process that is stopped, or a machine that sleeps, is a loop that does nothing for a while.
	 */
	@Test
	void whoHasSleptSkipsWhatIsOverAndMakesNoBurst() {
		int targets = 50;
		try (Server server = new Server();
				Rig rig = new Rig().watching(IntStream.range(0, targets)
						.mapToObj((i) -> Rig.target("t" + i, server.address(), Rig.every(Rig.CALM)))
						.toArray(TargetSpec[]::new))) {
			await().until(() -> rig.monitor.targets().stream()
					.allMatch((target) -> target.status().state() == State.UP));
			int before = server.received();
			AtomicLong atOnce = new AtomicLong();
			rig.engine.loops().getFirst().execute(() -> {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_750));
				atOnce.set(System.nanoTime());
			});
			await().until(() -> atOnce.get() != 0 && server.received() > before);
			// Of each target the three rounds that it missed, and some that were too late.
			assertThat(rig.monitor.rounds().get(RoundResult.SKIPPED)).isGreaterThan(3L * targets / 2);
			await().until(() -> server.received() >= before + targets);
			assertThat(Duration.ofNanos(System.nanoTime() - atOnce.get())).as("until all have had a round again")
					.isGreaterThan(Duration.ofMillis(150));
			assertThat(rig.monitor.targets()).allSatisfy((target) -> {
				assertThat(target.status().state()).isEqualTo(State.UP);
				assertThat(target.status().failed()).isZero();
			});
		}
	}

	@ParameterizedTest
	@ValueSource(longs = {-7_200_030, 450})
	void aClockThatIsSetNeitherStopsRoundsNorBunchesThem(long millis) {
		AtomicLong offset = new AtomicLong();
		InstantSource clock = () -> InstantSource.system().instant().plusMillis(offset.get());
		try (Server server = new Server(); Rig rig = new Rig(clock, addresses(), 100)) {
			rig.watching(Rig.target("a", server.address(), TOLERANT));
			await().until(() -> rig.rounds("a") > 2);
			offset.set(millis);
			long nanos = System.nanoTime();
			int before = server.received();
			await().pollInterval(MILLISECOND).until(() -> server.received() >= before + 5);
			assertThat(Duration.ofNanos(System.nanoTime() - nanos)).isGreaterThan(Rig.INTERVAL.multipliedBy(2));
			assertThat(rig.state("a")).isEqualTo(State.UP);
		}
	}

	@Test
	void aClockThatIsSlowBringsNoMomentTwice() {
		long start = System.nanoTime();
		InstantSource clock = () -> Instant.ofEpochSecond(1_800_000_000, (System.nanoTime() - start) * 7 / 10);
		try (Server server = new Server(); Rig rig = new Rig(clock, addresses(), 100)) {
			rig.watching(Rig.target("a", server.address(), Rig.every(Rig.INTERVAL)));
			await().pollInterval(MILLISECOND).until(() -> server.received() > 0);
			long nanos = System.nanoTime();
			int before = server.received();
			await().pollInterval(MILLISECOND).until(() -> server.received() >= before + 4);
			assertThat(Duration.ofNanos(System.nanoTime() - nanos)).isGreaterThan(Rig.INTERVAL.multipliedBy(3));
		}
	}

	/**
	 * A machine that sleeps is one whose clock jumps: the other one stands still meanwhile.
	 */
	@Test
	void whatEndsAfterASleepWithoutAnAnswerSaysNothing() {
		AtomicLong offset = new AtomicLong();
		InstantSource clock = () -> InstantSource.system().instant().plusMillis(offset.get());
		try (Server server = new Server(); Rig rig = new Rig(clock, addresses(), 100)) {
			server.turn(Server.Mode.SILENT);
			rig.watching(Rig.target("a", server.address(), Rig.every(Rig.CALM)));
			await().pollInterval(MILLISECOND).until(() -> server.received() == 1);
			offset.set(3_600_000);
			await().until(() -> rig.monitor.rounds().getOrDefault(RoundResult.SKIPPED, 0L) == 1);
			assertThat(rig.rounds("a")).isZero();
			assertThat(rig.state("a")).isEqualTo(State.UNKNOWN);
		}
	}

	@Test
	void aRoundThatFindsNoPlaceIsSkippedAndNoLoss() {
		try (Server silent = new Server();
				Server server = new Server();
				Rig rig = new Rig(InstantSource.system(),
						addresses(), 1)) {
			silent.turn(Server.Mode.SILENT);
			rig.watching(Rig.target("silent", silent.address(), Rig.every(Rig.CALM)),
					Rig.target("a", server.address(), Rig.every(Rig.INTERVAL)));
			await().until(() -> rig.rounds("a") + rig.rounds("silent") > 2
					&& rig.monitor.rounds().getOrDefault(RoundResult.SKIPPED, 0L) > 2);
			assertThat(rig.status("a").outcomes().keySet()).isSubsetOf(Outcome.Kind.REPLIED, Outcome.Kind.TIMED_OUT);
			assertThat(rig.status("silent").outcomes().keySet()).isSubsetOf(Outcome.Kind.TIMED_OUT);
		}
	}

	/**
	 * Others may have sent there.
	 */
	@Test
	void whatTheLimitOfThisHostForbidsIsSkippedAndNoLoss() {
		try (Server server = new Server();
				Rig rig = new Rig(InstantSource.system(), addresses(), 100,
						new DestinationRates(1, System.nanoTime()))) {
			rig.watching(Rig.target("a", server.address(), Rig.every(Rig.INTERVAL)));
			await().until(() -> rig.rounds("a") > 0
					&& rig.monitor.rounds().getOrDefault(RoundResult.SKIPPED, 0L) > 3);
			assertThat(rig.status("a").outcomes().keySet()).isSubsetOf(Outcome.Kind.REPLIED, Outcome.Kind.TIMED_OUT);
		}
	}

	@Test
	void silentTargetsDelayNobody() {
		try (Server silent = new Server(); Server server = new Server(); Rig rig = new Rig()) {
			silent.turn(Server.Mode.SILENT);
			rig.watching(Rig.target("silent", silent.address(), Rig.every(Rig.CALM)),
					Rig.target("a", server.address(), Rig.every(Rig.INTERVAL)));
			await().until(() -> rig.rounds("silent") > 0);
			assertThat(rig.rounds("a")).isGreaterThan(2);
		}
	}

	/**
	 * Of more names than there are threads, some cannot be looked up, and nobody knows anything of those.
	 */
	@Test
	void aNameThatHangsIsUnresolvedOneThatWaitsIsSkippedAndNeitherDelaysAnybody() {
		CountDownLatch released = new CountDownLatch(1);
		List<String> names = IntStream.range(0, 40).mapToObj("hangs%d.test"::formatted).toList();
		Resolver resolver = Resolvers.of(Set.copyOf(names), Duration.ofMinutes(1), (name) -> {
			try {
				released.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			throw new UnknownHostException(name);
		});
		try (Server server = new Server(); Rig rig = new Rig(InstantSource.system(), resolver, 100)) {
			rig.watching(Stream.concat(Stream.of(Rig.target("a", server.address(), Rig.every(Rig.INTERVAL))),
					names.stream().map((name) -> Rig.target(name, name + ":53", Rig.every(Rig.CALM))))
					.toArray(TargetSpec[]::new));
			await().until(() -> names.stream().filter((name) -> rig.state(name) == State.DOWN).count() == 32
					&& rig.monitor.rounds().getOrDefault(RoundResult.SKIPPED, 0L) >= 16);
			assertThat(names).filteredOn((name) -> rig.state(name) == State.UNKNOWN).hasSize(8)
					.allMatch((name) -> rig.rounds(name) == 0);
			assertThat(names).filteredOn((name) -> rig.state(name) == State.DOWN).allMatch(
					(name) -> rig.status(name).outcomes().keySet().equals(Set.of(Outcome.Kind.UNRESOLVED)));
			await().until(() -> rig.rounds("a") > 2);
			released.countDown();
		}
	}

	@Test
	void aNameThatMovesIsToldAndCounted() {
		AtomicReference<String> address = new AtomicReference<>("127.0.0.1");
		Resolver resolver = Resolvers.of(Set.of("moves.test"), Duration.ZERO, (name) -> {
			if ("".equals(address.get())) {
				throw new UnknownHostException(name);
			}
			return List.of(InetAddress.ofLiteral(address.get()));
		});
		try (Server first = new Server();
				Server second = new Server("127.0.0.2", first.port());
				Rig rig = new Rig(InstantSource.system(), resolver, 100)) {
			rig.watching(Rig.target("a", "moves.test:" + first.port(), TOLERANT));
			await().until(() -> rig.state("a") == State.UP);
			address.set("127.0.0.2");
			await().until(() -> second.received() > 1 && rig.status("a").addressChanges() > 0);
			assertThat(rig.status("a").address()).hasToString("/127.0.0.2");
			// It is told after it has been counted.
			await().untilAsserted(() -> assertThat(rig.told).contains("a 127.0.0.1->127.0.0.2"));
			assertThat(rig.state("a")).isEqualTo(State.UP);
			assertThat(rig.monitor.find("a").orElseThrow().history().addresses()).hasSize(1);
			address.set("127.0.0.1");
			await().until(() -> rig.status("a").addressChanges() == 2);
			address.set("");
			await().until(() -> rig.status("a").outcomes().containsKey(Outcome.Kind.UNRESOLVED));
			address.set("127.0.0.1");
			long replies = rig.status("a").replies();
			await().until(() -> rig.status("a").replies() > replies + 1);
			assertThat(rig.told).as("it was never elsewhere meanwhile").filteredOn((line) -> line.contains("->127"))
					.containsExactly("a 127.0.0.1->127.0.0.2", "a 127.0.0.2->127.0.0.1");
		}
	}

	@Test
	void aTargetThatMayNotBeSentToIsToldOnceAndNotDown() {
		try (Server server = new Server();
				Rig rig = new Rig().watching(Rig.target("a", "192.0.2.1:53", Rig.every(Rig.INTERVAL)),
						Rig.target("b", server.address(), Rig.every(Rig.INTERVAL)))) {
			await().until(() -> rig.rounds("b") > 3);
			assertThat(rig.status("a").problem()).contains("the policy allows no datagrams to 192.0.2.1:53");
			assertThat(rig.state("a")).isEqualTo(State.UNKNOWN);
			assertThat(rig.told).filteredOn((line) -> line.startsWith("a ")).hasSize(1);
		}
	}

	@Test
	void aModuleThatHasGoneLeavesItsTargetsUnknown() {
		try (Server server = new Server();
				Rig rig = new Rig().watching(Rig.target("a", server.address(), "late", Rig.every(Rig.INTERVAL)))) {
			await().until(() -> rig.told.size() == 1);
			assertThat(rig.told.peek()).startsWith("a cannot begin: module: ");
			rig.modules.replace(Map.of("late", Rig.once()), (_) -> {});
			await().until(() -> rig.state("a") == State.UP);
			assertThat(rig.status("a").problem()).isNull();
			rig.modules.replace(Map.of(), (_) -> {});
			await().until(() -> rig.state("a") == State.UNKNOWN);
			assertThat(rig.status("a").problem()).contains("late");
		}
	}

}
