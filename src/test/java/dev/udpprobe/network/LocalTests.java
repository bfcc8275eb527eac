package dev.udpprobe.network;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the host itself does not let out.
 */
@InLab
class LocalTests {

	private final Probe probe;

	LocalTests(Mode mode, Lab lab) {
		this.probe = new Probe(mode, lab);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | to               | reason
			  IPV4   | UNREACHABLE_HERE | No route to host
			  IPV4   | PROHIBITED_HERE  | Permission denied
			  IPV4   | SWALLOWED_HERE   | Invalid argument
			  IPV4   | NOWHERE_HERE     | Network is unreachable
			  IPV6   | UNREACHABLE_HERE | No route to host
			  IPV6   | PROHIBITED_HERE  | Permission denied
			  IPV6   | SWALLOWED_HERE   | Invalid argument
			  IPV6   | NOWHERE_HERE     | Network is unreachable
			""")
	void thereIsNoRoute(Family family, Place to, String reason) throws Exception {
		notSent(family.target(to, Lab.ECHO), reason);
	}

	@ParameterizedTest
	@EnumSource
	void theFirewallOfTheHostDrops(Family family) throws Exception {
		this.probe.lab().nft(Node.C, "chain output { type filter hook output priority 0; udp dport %d drop; }"
				.formatted(Lab.ECHO));
		notSent(family.target(Place.S, Lab.ECHO), "Operation not permitted");
	}

	/**
	 * Its refusal is pending on the socket before the failure of {@code send(2)} is known.
	 */
	@ParameterizedTest
	@EnumSource
	void theFirewallOfTheHostRejects(Family family) throws Exception {
		this.probe.lab().nft(Node.C, "chain output { type filter hook output priority 0; udp dport %d reject; }"
				.formatted(Lab.ECHO));
		notSent(family.target(Place.S, Lab.ECHO), "Operation not permitted");
	}

	@ParameterizedTest
	@EnumSource
	void theSourceIsNotLocal(Family family) throws Exception {
		notSent(family.target(Place.S, Lab.ECHO), "that source address is not one of this host",
				"source=" + family.address(Place.C_NOT));
	}

	private void notSent(String target, String reason, String... fields) throws Exception {
		this.probe.expect("not-sent", target, fields).says(reason).has("bytesSent", 0).hasNot("icmp");
	}

}
