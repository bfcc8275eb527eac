package dev.udpprobe.network;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands in the IP header of a datagram, as the first router sees it.
 */
@InLab
class HeaderTests {

	private final Probe probe;

	HeaderTests(Mode mode, Lab lab) {
		this.probe = new Probe(mode, lab);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | field   | on the wire
			  IPV4   | dscp=46 | ip dscp 46 ip ecn not-ect
			  IPV4   | dscp=63 | ip dscp 63 ip ecn not-ect
			  IPV4   | dscp=0  | ip dscp 0 ip ecn not-ect
			  IPV4   |         | ip dscp 0 ip ecn not-ect ip ttl 64
			  IPV6   | dscp=46 | ip6 dscp 46 ip6 ecn not-ect
			  IPV6   | dscp=63 | ip6 dscp 63 ip6 ecn not-ect
			  IPV6   | dscp=0  | ip6 dscp 0 ip6 ecn not-ect
			  IPV6   |         | ip6 dscp 0 ip6 ecn not-ect ip6 hoplimit 64
			""")
	void aDatagramIsMarked(Family family, @Nullable String field, String match) throws Exception {
		this.probe.lab().count(Node.R1, "udp dport %d %s".formatted(Lab.ECHO, match));
		this.probe.expect("replied", family.target(Place.S, Lab.ECHO), fields(field));
		assertThat(this.probe.lab().counted(Node.R1)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | ttl | on the wire
			  IPV4   | 5   | ip ttl 5
			  IPV4   | 255 | ip ttl 255
			  IPV6   | 5   | ip6 hoplimit 5
			  IPV6   | 255 | ip6 hoplimit 255
			""")
	void aDatagramHasATimeToLive(Family family, int ttl, String match) throws Exception {
		String target = family.target(Place.S, Lab.ECHO);
		this.probe.lab().count(Node.R1, "udp dport %d %s".formatted(Lab.ECHO, match));
		switch (this.probe.mode()) {
			case NATIVE -> {
				this.probe.expect("replied", target, "ttl=" + ttl);
				assertThat(this.probe.lab().counted(Node.R1)).isEqualTo(1);
			}
			case PLAIN -> {
				this.probe.send(Probe.MESSAGE, target, Probe.SHORT, "ttl=" + ttl).lacks("ttl");
				assertThat(this.probe.lab().counted(Node.R1)).isEqualTo(0);
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | source   | field
			  IPV4   | C        |
			  IPV4   | C        | source=10.0.1.2
			  IPV4   | C_SECOND | source=10.0.1.3
			  IPV6   | C        |
			  IPV6   | C        | source=fd00:1::2
			  IPV6   | C_SECOND | source=fd00:1::3
			""")
	void thePeerSeesTheSource(Family family, Place source, @Nullable String field) throws Exception {
		Answer answer = this.probe.expect("replied", family.target(Place.S, Lab.MIRROR),
				fields(field));
		InetAddress address = InetAddress.getByName(family.address(source));
		assertThat(InetAddress.getByName(answer.field("reply"))).isEqualTo(address);
		String local = answer.field("localAddress");
		assertThat(InetAddress.getByName(local.substring(0, local.lastIndexOf(':')))).isEqualTo(address);
	}

	private static String[] fields(@Nullable String field) {
		return (field != null) ? new String[]{field} : new String[0];
	}

	@ParameterizedTest
	@EnumSource
	void aRefusalComesToTheSource(Family family) throws Exception {
		Answer answer = this.probe.expect("refused", family.target(Place.S, Lab.CLOSED),
				"source=" + family.address(Place.C_SECOND), "dscp=10");
		switch (this.probe.mode()) {
			case NATIVE -> answer.hasIcmp((family == Family.IPV4) ? "3/3" : "1/4", "port-unreachable",
					family.address(Place.S));
			case PLAIN -> answer.hasNoIcmp();
		}
	}

}
