package dev.udpprobe.network;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * ICMP errors that come while an exchange waits, made here byte by byte: those that Linux
 * does not send, and those that somebody makes up.
 *
 * <p>
 * The kernel believes one whose addresses and ports are right, and with the JDK alone so
 * does the service. With more it compares the quoted payload with what it sent.
 */
@InLab
class InFlightTests {

	private final Probe probe;

	InFlightTests(Mode mode, Lab lab) {
		this.probe = new Probe(mode, lab);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | ICMP  | quote          | NATIVE  | JDK alone
			  IPV4   | 3/3   | WHOLE          | refused | refused
			  IPV4   | 3/3   | HEADERS_ALONE  | refused | refused
			  IPV4   | 3/3   | PADDED         | refused | refused
			  IPV4   | 3/3   | OTHER_PAYLOAD  | replied | refused
			  IPV4   | 3/3   | OTHER_PORT     | replied | replied
			  IPV4   | 3/3   | OTHER_PROTOCOL | replied | replied
			  IPV4   | 3/13  | OTHER_PAYLOAD  | replied | unreachable
			  IPV4   | 11/0  | OTHER_PAYLOAD  | replied | replied
			  IPV6   | 1/4   | WHOLE          | refused | refused
			  IPV6   | 1/4   | HEADERS_ALONE  | replied | refused
			  IPV6   | 1/4   | PADDED         | refused | refused
			  IPV6   | 1/4   | OTHER_PAYLOAD  | replied | refused
			  IPV6   | 1/4   | OTHER_PORT     | replied | replied
			  IPV6   | 1/4   | OTHER_PROTOCOL | replied | replied
			  IPV6   | 1/1   | OTHER_PAYLOAD  | replied | unreachable
			  IPV6   | 3/0   | OTHER_PAYLOAD  | replied | replied
			""")
	void aForgeryDoesNotEndTheExchange(Family family, String icmp, Quote quote, String outcome, String alone)
			throws Exception {
		hears(IcmpError.of(family, icmp, quote), (this.probe.mode() == Mode.NATIVE) ? outcome : alone);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | ICMP | outcome     | meaning                     | JDK alone
			  IPV4   | 3/5  | unreachable | source-route-failed         | replied
			  IPV4   | 3/6  | unreachable | network-unknown             | unreachable
			  IPV4   | 3/7  | unreachable | host-unknown                | unreachable
			  IPV4   | 3/8  | unreachable | source-host-isolated        | unreachable
			  IPV4   | 3/11 | unreachable | network-unreachable-for-tos | replied
			  IPV4   | 3/12 | unreachable | host-unreachable-for-tos    | replied
			  IPV4   | 3/14 | unreachable | precedence-violation        | unreachable
			  IPV4   | 3/15 | unreachable | precedence-too-low          | unreachable
			  IPV4   | 12/0 | unreachable | parameter-problem           | unreachable
			  IPV6   | 1/2  | unreachable | beyond-scope                | replied
			  IPV6   | 1/7  | unreachable | source-route-failed         | unreachable
			  IPV6   | 1/8  | unreachable | other                       | unreachable
			  IPV6   | 3/1  | expired     | reassembly-timed-out        | replied
			  IPV6   | 4/0  | unreachable | parameter-problem           | unreachable
			""")
	void anErrorThatLinuxDoesNotSend(Family family, String icmp, String outcome, String meaning, String alone)
			throws Exception {
		IcmpError error = IcmpError.of(family, icmp, Quote.WHOLE);
		switch (this.probe.mode()) {
			case NATIVE -> hears(error, outcome).hasIcmp(icmp, meaning, family.address(Place.R1));
			case PLAIN -> hears(error, alone).hasNoIcmp();
		}
	}

	/**
	 * Linux keeps it to itself ({@code icmp_unreach} in net/ipv4/icmp.c).
	 */
	@Test
	void anIpv4ErrorThatLinuxDoesNotTell() throws Exception {
		hears(IcmpError.of(Family.IPV4, "11/1", Quote.WHOLE), "replied");
	}

	private Answer hears(IcmpError error, String outcome) throws Exception {
		try (InFlight exchange = new InFlight(this.probe, error.family())) {
			exchange.hear(error);
			if (outcome.equals("replied")) {
				exchange.reply();
				exchange.answer().has("reply", InFlight.REPLY);
			}
			return exchange.answer().hasOutcome(outcome);
		}
	}

}
