package dev.udpprobe.web;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.monitor.State;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static dev.udpprobe.web.Monitored.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class TargetTableTests {

	private static final RoundTrip ROUND_TRIP = RoundTrip.jvm(412_870);

	private static TargetTable.Judged judged(Monitored target) {
		return new TargetTable.Judged(target.status(), true);
	}

	@Test
	void eachTargetIsALineBelowItsHeadings() {
		assertThat(TargetTable.of(List.of(
				judged(new Monitored("echo", "127.0.0.1:7007", null).is(State.UNKNOWN, Duration.ofMinutes(192))),
				judged(new Monitored("dns1", "192.0.2.53:53", "dns").is(State.UP, Duration.ofHours(52))
						.losing(1 / 360.0)
						.last(new Outcome.Replied(new byte[0], ROUND_TRIP), Duration.ofSeconds(2), "no error")),
				judged(new Monitored("dns2", "192.0.2.54:53", "dns").is(State.DOWN, Duration.ofSeconds(70)).flapping()
						.losing(1)
						.last(new Outcome.Refused(IcmpMessage.refusal(false), ROUND_TRIP), Duration.ofSeconds(2), "")),
				judged(new Monitored("ntp", "192.0.2.55:123", "ntp").hindered("there is no such module")),
				new TargetTable.Judged(new Monitored("far", "far.example:7", null).status(), false)), NOW))
				.isEqualTo(
						"""
								name  address         state           since   loss  round trip  what came of it
								echo  127.0.0.1:7007  unknown         3h12m      -           -  asked by hand only
								dns1  192.0.2.53:53   up               2d4h  0.28%    0.413 ms  replied: no error, in 0.413 ms
								dns2  192.0.2.54:53   down, flapping  1m10s   100%    0.413 ms  refused: nobody listens on that port (ICMP port unreachable).
								ntp   192.0.2.55:123  unknown            0s      -           -  there is no such module
								far   far.example:7   unknown            0s      -           -  it has no address, or may not be sent to"""
								.replace("\r", ""));
	}

	@Test
	void whoHasAnAddressForANameIsToldOnceInALine() {
		Monitored target = new Monitored("192.0.2.9:7", "192.0.2.9:7", "any").last(
				new Outcome.Refused(IcmpMessage.refusal(false), ROUND_TRIP), Duration.ZERO, "");
		assertThat(TargetTable.last(judged(target)))
				.isEqualTo("refused: nobody listens on that port (ICMP port unreachable).");
	}

	@Test
	void whatAPeerSaysGivesNoOrdersToATerminal() {
		String table = TargetTable.of(List.of(judged(new Monitored("a\u001b[2J", "127.0.0.1:7", "word").last(
				new Outcome.Replied(new byte[0], ROUND_TRIP), Duration.ZERO, "it says \u001b[2J\n\u202e\u2028"))), NOW);
		assertThat(table).hasLineCount(2).contains("a?[2J ", "it says ?[2J???, in");
	}

	@ParameterizedTest
	@CsvSource({"0, 0%", "1, 100%", "0.07, 7%", "0.5, 50%", "0.0027777, 0.28%", "0.99997, 100.00%", "NaN, -"})
	void aLossIsNeverRoundedToNoneOrToAll(double ratio, String text) {
		assertThat(TargetTable.percent(ratio)).isEqualTo(text);
	}

}
