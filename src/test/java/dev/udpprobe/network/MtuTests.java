package dev.udpprobe.network;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finds what the path takes.
 */
@InLab
class MtuTests {

	private static final int NARROW = 1400;

	private final Mode mode;

	private final Lab lab;

	MtuTests(Mode mode, Lab lab) {
		this.mode = mode;
		this.lab = lab;
	}

	private Http.Answer ask(String target, String fields) throws Exception {
		return this.lab.service(this.mode).http().post("/mtu", Http.FORM, "target=" + target + "&" + fields);
	}

	private void finds(Family family, String target, String outcome, int mtu, String evidence, String fields)
			throws Exception {
		Http.Answer answer = ask(target, fields);
		if (this.mode == Mode.PLAIN) {
			assertThat(answer.problem(501)).containsEntry("type", "urn:udp-probe:unsupported");
			return;
		}
		Map<String, Object> found = answer.json();
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(found).as(answer.text())
				.containsEntry("outcome", outcome)
				.containsEntry("pathMtu", mtu)
				.containsEntry("largestPayload", mtu - ((family == Family.IPV4) ? 28 : 48))
				.containsEntry("evidence", evidence);
		if (evidence.equals("icmp")) {
			assertThat(TraceTests.text(family, Place.R2)).isEqualTo(found.get("reporter"));
		}
		else {
			assertThat(found).doesNotContainKey("reporter");
		}
	}

	private void findsNothing(String target, int status, String outcome) throws Exception {
		Http.Answer answer = ask(target, "timeout=100ms&tries=1");
		switch (this.mode) {
			case NATIVE -> assertThat(answer.problem(status)).containsEntry("outcome", outcome);
			case PLAIN -> answer.problem(501);
		}
	}

	@ParameterizedTest
	@CsvSource({"IPV4,7,replied", "IPV6,7,replied", "IPV4,9,refused", "IPV6,9,refused"})
	void theOwnLinkLimitsAWidePath(Family family, int port, String outcome) throws Exception {
		finds(family, family.target(Place.S, port), outcome, Lab.MTU, "local", "");
	}

	@ParameterizedTest
	@CsvSource({"IPV4,7,replied", "IPV6,7,replied", "IPV4,9,refused", "IPV6,9,refused"})
	void aRouterLimitsANarrowOneAndSaysSo(Family family, int port, String outcome) throws Exception {
		this.lab.narrow(NARROW);
		finds(family, family.target(Place.S, port), outcome, NARROW, "icmp", "");
		// And again, though the kernel has learnt it.
		finds(family, family.target(Place.S, port), outcome, NARROW, "icmp", "");
	}

	@ParameterizedTest
	@EnumSource
	void whereNobodySaysSoItIsSearched(Family family) throws Exception {
		this.lab.narrow(NARROW);
		this.lab.nft(Node.R2, """
				chain output {
					type filter hook output priority 0;
					icmp type destination-unreachable drop
					icmpv6 type packet-too-big drop
				}
				""");
		finds(family, family.target(Place.S, Lab.ECHO), "replied", NARROW, "silence", "timeout=250ms&tries=2");
	}

	@ParameterizedTest
	@EnumSource
	void whereNothingIsAnsweredThereIsNoLength(Family family) throws Exception {
		this.lab.forwarding(Node.R2, "udp dport %d drop".formatted(Lab.ECHO));
		findsNothing(family.target(Place.S, Lab.ECHO), 504, "timed-out");
	}

	@ParameterizedTest
	@EnumSource
	void whereNoDatagramMayPassItIsSaidWhy(Family family) throws Exception {
		findsNothing(family.target(Place.PROHIBITED_BEHIND_R2, Lab.ECHO), 502, "unreachable");
	}

}
