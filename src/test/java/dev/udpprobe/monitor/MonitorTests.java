package dev.udpprobe.monitor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the monitor holds of targets whose servers come and go.
 */
@Execution(ExecutionMode.CONCURRENT)
class MonitorTests {

	@Test
	void aTargetIsUnknownUntilItsFirstRoundEnds() {
		try (Server server = new Server(); Rig rig = new Rig()) {
			server.turn(Server.Mode.SILENT);
			rig.watching(Rig.target("a", server.address(), Rig.every(Rig.CALM)));
			await().until(() -> server.received() == 1);
			assertThat(rig.state("a")).isEqualTo(State.UNKNOWN);
			await().until(() -> rig.state("a") == State.DOWN);
			assertThat(rig.status("a").outcomes()).isEqualTo(Map.of(Outcome.Kind.TIMED_OUT, 1L));
			assertThat(rig.status("a").changed()).as("from unknown is no change").isNull();
		}
	}

	@Test
	void itIsDownWhenTheServerIsGoneAndUpWhenItIsBack() {
		try (Server server = new Server();
				Rig rig = new Rig().watching(Rig.target("a", server.address(), Rig.every(Rig.CALM)))) {
			await().until(() -> rig.state("a") == State.UP);
			server.turn(Server.Mode.REFUSE);
			await().until(() -> rig.state("a") == State.DOWN);
			TargetStatus down = rig.status("a");
			server.turn(Server.Mode.ECHO);
			await().until(() -> rig.state("a") == State.UP);
			assertThat(rig.status("a").outcomes().keySet()).containsExactlyInAnyOrder(Outcome.Kind.REPLIED,
					Outcome.Kind.REFUSED);
			assertThat(down.changed()).isEqualTo(down.since()).isBeforeOrEqualTo(Instant.now());
			// It is told after the state has changed.
			await().untilAsserted(() -> assertThat(rig.told).hasSize(3));
			String refused = "a up->down 2: a (%s) refused: nobody listens on that port (ICMP port unreachable)."
					.formatted(server.address());
			assertThat(rig.told).element(1).isEqualTo(refused);
			TargetHistory history = rig.monitor.find("a").orElseThrow().history();
			assertThat(history.changes()).extracting(TargetHistory.StateChange::to)
					.containsExactly(State.UP, State.DOWN, State.UP);
			assertThat(history.errors()).isNotEmpty().allSatisfy((error) -> assertThat(error.message().reporter())
					.hasToString("/127.0.0.1"));
		}
	}

	@Test
	void aTargetByHandIsNeverAsked() {
		try (Server byHand = new Server();
				Server other = new Server();
				Rig rig = new Rig().watching(Rig.target("by-hand", byHand.address(), RoundSettings.BY_HAND),
						Rig.target("other", other.address(), Rig.every(Rig.INTERVAL)))) {
			await().until(() -> rig.rounds("other") > 3);
			assertThat(byHand.received()).isZero();
			assertThat(rig.monitor.targets()).extracting((target) -> target.spec().name())
					.containsExactly("by-hand", "other");
		}
	}

	@Test
	void whoStaysTheSameKeepsWhatIsRemembered() {
		try (Server server = new Server();
				Server other = new Server();
				Rig rig = new Rig().watching(Rig.target("same", server.address(), Rig.every(Rig.INTERVAL)),
						Rig.target("moved", server.address(), Rig.every(Rig.INTERVAL)),
						Rig.target("gone", other.address(), Rig.every(Rig.INTERVAL)))) {
			await().until(() -> rig.rounds("same") > 2 && rig.rounds("moved") > 2 && rig.rounds("gone") > 2);
			long before = rig.rounds("same");
			rig.monitor.replace(List.of(
					Rig.target("same", server.address(),
							new RoundSettings(Rig.INTERVAL.multipliedBy(2), null, 3, 3, null)),
					Rig.target("moved", other.address(), Rig.every(Duration.ofHours(1)))));
			assertThat(rig.rounds("same")).isGreaterThanOrEqualTo(before);
			assertThat(rig.status("same").spec().rounds().rise()).isEqualTo(3);
			assertThat(rig.state("moved")).isEqualTo(State.UNKNOWN);
			assertThat(rig.monitor.find("gone")).isEmpty();
			await().until(() -> rig.rounds("same") > before + 2);
		}
	}

	@Test
	void whoeverIsGoneIsNotAskedAnyMore() throws IOException {
		try (Server gone = new Server();
				Server server = new Server();
				Rig rig = new Rig().watching(Rig.target("gone", gone.address(), Rig.every(Rig.INTERVAL)))) {
			await().until(() -> gone.received() > 1);
			rig.monitor.replace(List.of(Rig.target("new", server.address(), Rig.every(Rig.INTERVAL))));
			await().until(() -> rig.rounds("new") > 0);
			awaitWhatIsOnTheWay(gone);
			int asked = gone.received();
			await().until(() -> rig.rounds("new") > 5);
			awaitWhatIsOnTheWay(gone);
			assertThat(gone.received()).as("but for the second one of this test").isEqualTo(asked + 1);
		}
	}

	/** A server counts what comes in turn, and answers then. */
	private static void awaitWhatIsOnTheWay(Server server) throws IOException {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			socket.setSoTimeout(20_000);
			DatagramPacket packet = new DatagramPacket(new byte[1], 1,
					new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
			socket.send(packet);
			socket.receive(packet);
		}
	}

	@Test
	void itIsUpAgainOnlyAfterAsManyGoodRoundsAsAreWanted() {
		RoundSettings rise = new RoundSettings(Rig.INTERVAL, null, 3, 1, null);
		try (Server server = new Server(); Rig rig = new Rig()) {
			server.turn(Server.Mode.REFUSE);
			rig.watching(Rig.target("a", server.address(), rise));
			await().until(() -> rig.state("a") == State.DOWN);
			server.turn(Server.Mode.ECHO);
			await().until(() -> rig.state("a") == State.UP);
			assertThat(rig.status("a").replies()).isGreaterThanOrEqualTo(3);
			await().untilAsserted(() -> assertThat(rig.told).filteredOn((line) -> line.startsWith("a down->up"))
					.isNotEmpty()
					.allMatch((line) -> line.startsWith("a down->up 3: ")));
		}
	}

	@Test
	void whatGoesUpAndDownAllTheTimeIsToldOnce() {
		RoundSettings nervous = new RoundSettings(Rig.INTERVAL, null, 1, 1, null);
		try (Server server = new Server();
				Rig rig = new Rig().watching(Rig.target("a", server.address(), nervous))) {
			await().until(() -> rig.state("a") == State.UP);
			while (!rig.status("a").flapping()) {
				server.turn(Server.Mode.REFUSE);
				await().until(() -> rig.state("a") == State.DOWN);
				server.turn(Server.Mode.ECHO);
				await().until(() -> rig.state("a") == State.UP);
			}
			await().until(() -> rig.told.contains("a flapping true"));
			List<String> told = List.copyOf(rig.told);
			long changes = rig.status("a").changes();
			server.turn(Server.Mode.REFUSE);
			await().until(() -> rig.status("a").changes() > changes);
			assertThat(told).filteredOn((line) -> line.startsWith("a flapping")).containsExactly("a flapping true");
			assertThat(rig.told).as("no change any more").containsExactlyElementsOf(told);
			await().until(() -> rig.told.contains("a flapping false"));
		}
	}

	@Test
	void stoppedItAsksNobodyAndStartedAgainItGoesOn() {
		try (Server server = new Server();
				Server other = new Server();
				Rig rig = new Rig().watching(Rig.target("a", server.address(), Rig.every(Rig.INTERVAL)));
				Rig clock = new Rig()) {
			await().until(() -> rig.rounds("a") > 1);
			rig.monitor.stop();
			long rounds = rig.rounds("a");
			assertThat(rig.beside.inFlight()).isZero();
			clock.watching(Rig.target("b", other.address(), Rig.every(Rig.INTERVAL)));
			await().until(() -> clock.rounds("b") > 2);
			assertThat(rig.rounds("a")).isEqualTo(rounds);
			rig.monitor.start();
			await().until(() -> rig.rounds("a") > rounds + 1);
		}
	}

	@Test
	void eachRoundIsCountedOnce() {
		try (Server server = new Server();
				Rig rig = new Rig().watching(Rig.target("a", server.address(), Rig.every(Rig.INTERVAL)))) {
			await().until(() -> rig.rounds("a") > 10);
			rig.monitor.stop();
			Map<RoundResult, Long> counts = rig.monitor.rounds();
			long counted = counts.getOrDefault(RoundResult.ON_TIME, 0L) + counts.getOrDefault(RoundResult.LATE, 0L);
			assertThat(counted).isEqualTo(rig.rounds("a"));
			assertThat(sum(rig.monitor.lateness())).isEqualTo(counted);
			// One may have been under way, which says nothing.
			assertThat(server.received() - counted).isBetween(0L,
					Math.min(1, counts.getOrDefault(RoundResult.SKIPPED, 0L)));
		}
	}

	@Test
	void lossCountsWhatWasNotRepliedTo() {
		try (Server server = new Server();
				Rig rig = new Rig().watching(Rig.target("a", server.address(), Rig.every(Rig.INTERVAL)))) {
			await().until(() -> rig.rounds("a") > 1);
			server.turn(Server.Mode.REFUSE);
			await().until(() -> rig.status("a").outcomes().getOrDefault(Outcome.Kind.REFUSED, 0L) > 1);
			rig.monitor.stop();
			TargetStatus status = rig.status("a");
			double lost = (double) status.failed() / rig.rounds("a");
			assertThat(status.loss()).isEqualTo(new TargetStatus.Loss(lost, lost, lost));
			assertThat(status.replies()).isEqualTo(status.outcomes().get(Outcome.Kind.REPLIED));
			assertThat(status.roundTripNanos()).isPositive();
			HistogramCounts roundTrips = Objects.requireNonNull(status.roundTrips());
			assertThat(sum(roundTrips)).isEqualTo(status.replies());
			assertThat(roundTrips.sumNanos()).isEqualTo(status.roundTripNanos());
		}
	}

	private static long sum(HistogramCounts counts) {
		return counts.counts().stream().mapToLong(Long::longValue).sum();
	}

}
