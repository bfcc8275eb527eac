package dev.udpprobe.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.RoundTrips;
import dev.udpprobe.probe.SendResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The last rounds, against a plain list of all.
 */
class RoundRingTests {

	private static final Target TARGET = Target.adHoc(HostAndPort.of("127.0.0.1:9"));

	static Round round(Instant time, Outcome outcome) {
		return new Round(time, new SendResult(TARGET, Duration.ofSeconds(1), Exchange.unsent(null, outcome)));
	}

	static Outcome replied(long nanos) {
		return new Outcome.Replied(new byte[0], RoundTrip.jvm(nanos));
	}

	@ParameterizedTest
	@ValueSource(ints = {0, 1, 7, 8, 9, 359, 360, 361, 1_000})
	void theLastRoundsAreThereInTheirOrder(int count) {
		Random random = new Random(count);
		RoundRing ring = new RoundRing();
		List<TargetHistory.PastRound> all = new ArrayList<>();
		List<Long> nanos = new ArrayList<>();
		Instant time = Instant.ofEpochMilli(1_800_000_000_000L);
		for (int i = 0; i < count; i++) {
			// A clock that is set back, too.
			time = time.plusMillis(random.nextInt(100_000) - 10_000);
			long took = 1 + random.nextLong(1_000_000);
			Outcome outcome = switch (random.nextInt(3)) {
				case 0 -> replied(took);
				case 1 -> new Outcome.Refused(IcmpMessage.refusal(false), RoundTrip.jvm(took));
				default -> new Outcome.TimedOut();
			};
			RoundTrip roundTrip = outcome.roundTrip();
			ring.add(round(time, outcome));
			all.add(new TargetHistory.PastRound(time, outcome.kind(), outcome instanceof Outcome.Replied,
					(roundTrip != null) ? roundTrip.nanos() : Double.NaN));
			nanos.add((outcome instanceof Outcome.Replied) ? took : -1L);
		}
		int first = Math.max(0, count - RoundRing.MAX);
		assertThat(ring.rounds()).isEqualTo(all.subList(first, count));
		TargetHistory.Mark now = new TargetHistory.Mark(ring, count);
		assertThat(ring.since(null, 1_000)).isEqualTo(new TargetHistory.NewRounds(all.subList(first, count), now));
		int told = Math.max(0, count - 3);
		assertThat(ring.since(new TargetHistory.Mark(ring, told), 2))
				.isEqualTo(new TargetHistory.NewRounds(all.subList(Math.max(told, count - 2), count), now));
		assertThat(ring.since(now, 2).rounds()).isEmpty();
		TargetHistory.Mark other = new RoundRing().since(null, 1).mark();
		assertThat(ring.since(other, 1_000).rounds()).isEqualTo(all.subList(first, count));
		assertThat(now.isAnew(other)).isTrue();
		assertThat(now.isAnew(new TargetHistory.Mark(ring, told))).isFalse();
		assertThat(now.isAnew(null)).isFalse();
		assertThat(ring.roundTrips()).isEqualTo(RoundTrips.of(nanos.subList(first, count).stream()
				.filter((each) -> each > 0).mapToLong(Long::longValue).toArray()));
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void jitterTakesTwoRoundTrips(boolean two) {
		RoundRing ring = new RoundRing();
		ring.add(round(Instant.EPOCH, replied(1_600)));
		ring.add(round(Instant.EPOCH, new Outcome.TimedOut()));
		if (two) {
			ring.add(round(Instant.EPOCH, replied(3_200)));
		}
		assertThat(ring.jitterNanos()).isEqualTo(two ? 100.0 : null);
	}

}
