package dev.udpprobe.network;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each ICMP error that a router sends of its own accord or at a firewall's will. The last
 * column is what the JDK alone hears of it: what Linux takes for a lasting error
 * ({@code icmp_err_convert} in net/ipv4/icmp.c, {@code icmpv6_err_convert} in
 * net/ipv6/icmp.c).
 */
@InLab
class ErrorTests {

	private static final int PORT = 2000;

	private final Probe probe;

	ErrorTests(Mode mode, Lab lab) {
		this.probe = new Probe(mode, lab);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# nftables         | outcome     | ICMP  | meaning              | JDK alone
			  net-unreachable  | unreachable | 3/0   | network-unreachable  | timed-out
			  host-unreachable | unreachable | 3/1   | host-unreachable     | timed-out
			  prot-unreachable | unreachable | 3/2   | protocol-unreachable | unreachable
			  port-unreachable | refused     | 3/3   | port-unreachable     | refused
			  net-prohibited   | unreachable | 3/9   | network-prohibited   | unreachable
			  host-prohibited  | unreachable | 3/10  | host-prohibited      | unreachable
			  admin-prohibited | unreachable | 3/13  | filtered             | unreachable
			""")
	void anIpv4FirewallRejects(String with, String outcome, String icmp, String meaning, String alone)
			throws Exception {
		rejected(Family.IPV4, with, outcome, icmp, meaning, alone);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# nftables         | outcome     | ICMP | meaning              | JDK alone
			  no-route         | unreachable | 1/0  | network-unreachable  | timed-out
			  admin-prohibited | unreachable | 1/1  | filtered             | unreachable
			  addr-unreachable | unreachable | 1/3  | host-unreachable     | timed-out
			  port-unreachable | refused     | 1/4  | port-unreachable     | refused
			  policy-fail      | unreachable | 1/5  | source-policy-failed | unreachable
			  reject-route     | unreachable | 1/6  | route-rejected       | unreachable
			""")
	void anIpv6FirewallRejects(String with, String outcome, String icmp, String meaning, String alone)
			throws Exception {
		rejected(Family.IPV6, with, outcome, icmp, meaning, alone);
	}

	private void rejected(Family family, String with, String outcome, String icmp, String meaning, String alone)
			throws Exception {
		this.probe.lab().forwarding(Node.R2, "meta nfproto %s udp dport %d reject with %s type %s"
				.formatted(family.protocol(), PORT, family.icmp(), with));
		heard(family.target(Place.S, PORT), outcome, icmp, meaning, family.address(Place.R2), alone);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | to                    | outcome     | ICMP | meaning             | reporter | JDK alone
			  IPV4   | UNREACHABLE_BEHIND_R1 | unreachable | 3/1  | host-unreachable    | R1       | timed-out
			  IPV6   | UNREACHABLE_BEHIND_R1 | unreachable | 1/0  | network-unreachable | R1       | timed-out
			  IPV4   | PROHIBITED_BEHIND_R2  | unreachable | 3/13 | filtered            | R2       | unreachable
			  IPV6   | PROHIBITED_BEHIND_R2  | unreachable | 1/1  | filtered            | R2       | unreachable
			  IPV4   | NOWHERE_BEHIND_R3     | unreachable | 3/0  | network-unreachable | R3       | timed-out
			  IPV6   | NOWHERE_BEHIND_R3     | unreachable | 1/0  | network-unreachable | R3       | timed-out
			  IPV4   | NOBODY                | unreachable | 3/1  | host-unreachable    | R3       | timed-out
			  IPV6   | NOBODY                | unreachable | 1/3  | host-unreachable    | R3       | timed-out
			""")
	void aRouteEnds(Family family, Place to, String outcome, String icmp, String meaning, Place reporter, String alone)
			throws Exception {
		heard(family.target(to, PORT), outcome, icmp, meaning, family.address(reporter), alone);
	}

	private void heard(String target, String outcome, String icmp, String meaning, String reporter, String alone)
			throws Exception {
		switch (this.probe.mode()) {
			case NATIVE -> this.probe.expect(outcome, target).hasIcmp(icmp, meaning, reporter);
			case PLAIN -> this.probe.expect(alone, target).hasNoIcmp();
		}
	}

}
