package dev.udpprobe.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers that were computed by hand.
 */
class PingStatisticsTests {

	private static final Offset<Double> NEAR = Offset.offset(1e-6);

	private static Ping.Settings settings(int count, int flows, boolean fresh) {
		return new Ping.Settings(count, Duration.ofMillis(1), flows, fresh);
	}

	private static Outcome replied(long nanos) {
		return new Outcome.Replied(new byte[0], RoundTrip.jvm(nanos));
	}

	private static Pinged pinged(int number, int flow, boolean sent, Outcome outcome) {
		return new Pinged(number, flow, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1_000 + flow), sent,
				outcome, Duration.ZERO, 0, null);
	}

	private static PingSummary summary(Ping.Settings settings, List<Pinged> pinged) {
		PingStatistics statistics = new PingStatistics(settings, false);
		pinged.forEach(statistics::add);
		return statistics.summary(new PingSummary.Others(1, 2, 3), Duration.ofSeconds(4));
	}

	/**
	 * @param numbers in the order of their answers
	 */
	private static PingSummary answered(int flows, int... numbers) {
		return summary(settings(numbers.length, flows, false), IntStream.of(numbers)
				.mapToObj((number) -> pinged(number, number % flows, true, replied(1_000)))
				.toList());
	}

	@Test
	void whatIsNotAnsweredInTimeIsLostIfItWasSent() {
		Outcome refused = new Outcome.Refused(IcmpMessage.refusal(false), RoundTrip.jvm(7));
		PingSummary summary = summary(settings(6, 1, false),
				List.of(pinged(0, 0, true, replied(5)), pinged(1, 0, true, refused),
						pinged(2, 0, true, new Outcome.TimedOut()), pinged(3, 0, false, new Outcome.NotSent("no")),
						pinged(4, 0, false, new Outcome.TooBig("long", 0, null, null)),
						pinged(5, 0, true, new Outcome.TimedOut())));
		assertThat(summary.sent()).isEqualTo(4);
		assertThat(summary.received()).isEqualTo(1);
		assertThat(summary.lost()).isEqualTo(3);
		assertThat(summary.refused()).isEqualTo(1);
		assertThat(summary.outcomes()).isEqualTo(Map.of(Outcome.Kind.REPLIED, 1, Outcome.Kind.REFUSED, 1,
				Outcome.Kind.TIMED_OUT, 2, Outcome.Kind.NOT_SENT, 1, Outcome.Kind.TOO_BIG, 1));
		assertThat(summary.others()).isEqualTo(new PingSummary.Others(1, 2, 3));
		assertThat(summary.elapsed()).isEqualTo(Duration.ofSeconds(4));
		assertThat(summary.failed()).isNull();
		assertThat(summary.jitterNanos()).isNull();
		assertThat(summary.flows()).isEmpty();
	}

	@Test
	void withoutAnswersThereAreNoRoundTrips() {
		PingSummary summary = summary(settings(1, 1, false), List.of(pinged(0, 0, true, new Outcome.TimedOut())));
		assertThat(summary.roundTrips()).isNull();
		assertThat(summary.received()).isZero();
	}

	/** Of 1 to 200, the 95th percentile is the 190th. */
	@Test
	void percentilesAreOfTheNearestRank() {
		List<Pinged> pinged = IntStream.range(0, 200)
				.mapToObj((i) -> pinged(i, 0, true, replied((i * 77 % 200) + 1)))
				.toList();
		assertThat(summary(settings(200, 1, false), pinged).roundTrips())
				.isEqualTo(new RoundTrips(1, 100.5, 100, 190, 198, 200));
	}

	@Test
	void percentilesOfFewAreOneOfThem() {
		List<Pinged> pinged = List.of(pinged(0, 0, true, replied(30)), pinged(1, 0, true, replied(10)),
				pinged(2, 0, true, replied(20)));
		assertThat(summary(settings(3, 1, false), pinged).roundTrips())
				.isEqualTo(new RoundTrips(10, 20, 20, 30, 30, 30));
	}

	/** J is 0, then 16 / 16 = 1, then 1 + (33 - 1) / 16 = 3, then 3 + (3 - 3) / 16 = 3. */
	@Test
	void jitterIsThatOfRfc3550() {
		List<Pinged> pinged = List.of(pinged(0, 0, true, replied(100)), pinged(1, 0, true, replied(116)),
				pinged(2, 0, true, new Outcome.TimedOut()), pinged(3, 0, true, replied(83)),
				pinged(4, 0, true, replied(86)));
		assertThat(Objects.requireNonNull(summary(settings(5, 1, false), pinged).jitterNanos())).isCloseTo(3.0, NEAR);
	}

	@Test
	void jitterIsOfEachFlowByItself() {
		List<Pinged> pinged = IntStream.range(0, 8)
				.mapToObj((i) -> pinged(i, i % 2, true, replied((i % 2 == 0) ? 1_000 : 9_000)))
				.toList();
		assertThat(Objects.requireNonNull(summary(settings(8, 2, false), pinged).jitterNanos())).isCloseTo(0.0, NEAR);
	}

	@ParameterizedTest
	@CsvSource({"1, 0 1 2 3, 0", "1, 1 0 3 2, 2", "1, 3 0 1 2, 3", "1, 0 2 3 1, 1", "2, 1 0 3 2, 0", "2, 2 0 1 3, 1"})
	void anAnswerIsReorderedThatComesAfterOneToALaterDatagramOfItsFlow(int flows, String order, int reordered) {
		int[] numbers = IntStream.of(order.chars().filter(Character::isDigit).map((digit) -> digit - '0').toArray())
				.toArray();
		assertThat(answered(flows, numbers).reordered()).isEqualTo(reordered);
	}

	@Test
	void freshPortsHaveNeitherOrderNorJitter() {
		PingSummary summary = summary(settings(2, 1, true),
				List.of(pinged(1, 0, true, replied(10)), pinged(0, 0, true, replied(20))));
		assertThat(summary.reordered()).isZero();
		assertThat(summary.jitterNanos()).isNull();
		assertThat(Objects.requireNonNull(summary.roundTrips()).median()).isEqualTo(10);
	}

	@Test
	void eachFlowHasItsOwnSums() {
		List<Pinged> pinged = List.of(pinged(0, 0, true, replied(10)), pinged(1, 1, true, new Outcome.TimedOut()),
				pinged(2, 0, true, replied(30)));
		assertThat(summary(settings(3, 2, false), pinged).flows()).containsExactly(
				new PingSummary.OfFlow(1_000, 2, 2, 0, new RoundTrips(10, 20, 10, 30, 30, 30)),
				new PingSummary.OfFlow(1_001, 1, 0, 0, null));
	}

}
