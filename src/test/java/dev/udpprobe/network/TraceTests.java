package dev.udpprobe.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

import org.apache.tomcat.util.net.IPv6Utils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows the path through three routers.
 */
@InLab
class TraceTests {

	private static final Place[] ROUTERS = {Place.R1, Place.R2, Place.R3};

	private final Mode mode;

	private final Lab lab;

	TraceTests(Mode mode, Lab lab) {
		this.mode = mode;
		this.lab = lab;
	}

	/**
	 * @return the lines of the answer, of which the last is the end; none where it takes more
	 * than the mode has
	 */
	private List<JsonNode> trace(String target, String fields) throws Exception {
		Http.Answer answer = this.lab.service(this.mode).http().post("/trace", Http.FORM,
				"target=%s&timeout=%s&%s".formatted(target, Probe.SHORT, fields));
		if (this.mode == Mode.PLAIN) {
			assertThat(answer.problem(501)).containsEntry("type", "urn:udp-probe:unsupported");
			return List.of();
		}
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return answer.text().lines().map(JsonMapper.shared()::readTree).toList();
	}

	private static void hop(JsonNode hop, int number, String outcome, int lost, String... reporters)
			throws UnknownHostException {
		assertThat(hop.path("hop").asInt()).as(hop.toString()).isEqualTo(number);
		assertThat(hop.path("outcome").asString()).as(hop.toString()).isEqualTo(outcome);
		assertThat(hop.path("lost").asInt()).as(hop.toString()).isEqualTo(lost);
		assertThat(hop.path("roundTripMicros").size()).as(hop.toString()).isEqualTo(hop.path("sent").asInt() - lost);
		assertThat(addresses(hop)).as(hop.toString()).containsExactly(reporters);
	}

	private static List<String> addresses(JsonNode hop) {
		return hop.path("reporters").valueStream().map(JsonNode::asString).toList();
	}

	/**
	 * As answers have it.
	 */
	static String text(Family family, Place place) throws UnknownHostException {
		return (family == Family.IPV4)
				? family.address(place)
				: IPv6Utils
						.canonize(InetAddress.getByName(family.address(place)).getHostAddress());
	}

	private static void end(List<JsonNode> lines, String outcome, int hops) {
		assertThat(lines).hasSize(hops + 1);
		assertThat(lines.getLast().path("outcome").asString()).as(lines.getLast().toString()).isEqualTo(outcome);
		assertThat(lines.getLast().path("hops").asInt()).isEqualTo(hops);
	}

	@ParameterizedTest
	@CsvSource({"IPV4,7,replied,tries=3", "IPV6,7,replied,tries=3", "IPV4,9,refused,tries=2", "IPV6,9,refused,tries=1",
			"IPV4,7,replied,message=hello", "IPV6,7,replied,message=hello"})
	void thePathEndsAtTheServer(Family family, int port, String outcome, String fields) throws Exception {
		List<JsonNode> lines = trace(family.target(Place.S, port), fields);
		if (lines.isEmpty()) {
			return;
		}
		for (int i = 0; i < ROUTERS.length; i++) {
			hop(lines.get(i), i + 1, "expired", 0, text(family, ROUTERS[i]));
			assertThat(lines.get(i).path("icmp").path("meaning").asString()).isEqualTo("ttl-exceeded");
			assertThat(lines.get(i).path("clock").asString()).isEqualTo("kernel");
		}
		hop(lines.get(3), 4, outcome, 0, text(family, Place.S));
		end(lines, outcome, 4);
	}

	@ParameterizedTest
	@EnumSource
	void tracerouteSeesTheSame(Family family) throws Exception {
		List<JsonNode> lines = trace(family.target(Place.S, Lab.CLOSED), "tries=1");
		ExternalTool.find("traceroute");
		List<String> theirs = this.lab.node(Node.C)
				.run("traceroute", "-U", "-n", "-q", "1", "-p", String.valueOf(Lab.CLOSED), family.address(Place.S))
				.lines()
				.skip(1)
				.map((line) -> line.strip().split("\\s+", -1)[1])
				.toList();
		assertThat(theirs).hasSize(4);
		if (!lines.isEmpty()) {
			assertThat(lines.subList(0, 4).stream().flatMap((hop) -> addresses(hop).stream()))
					.containsExactlyElementsOf(theirs);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRouterThatSaysNothingIsPassed(Family family) throws Exception {
		this.lab.nft(Node.R2, """
				chain output {
					type filter hook output priority 0;
					icmp type time-exceeded drop
					icmpv6 type time-exceeded drop
				}
				""");
		List<JsonNode> lines = trace(family.target(Place.S, Lab.ECHO), "tries=2");
		if (!lines.isEmpty()) {
			hop(lines.get(1), 2, "timed-out", 2);
			hop(lines.get(2), 3, "expired", 0, text(family, Place.R3));
			end(lines, "replied", 4);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsLostIsCounted(Family family) throws Exception {
		this.lab.nft(Node.R2, """
				chain output {
					type filter hook output priority 0;
					icmp type time-exceeded numgen inc mod 2 < 1 drop
					icmpv6 type time-exceeded numgen inc mod 2 < 1 drop
				}
				""");
		List<JsonNode> lines = trace(family.target(Place.S, Lab.ECHO), "tries=4&maxHops=2");
		if (!lines.isEmpty()) {
			hop(lines.get(1), 2, "expired", 2, text(family, Place.R2));
			end(lines, "expired", 2);
		}
	}

	@ParameterizedTest
	@CsvSource({"IPV4,reject with icmp type admin-prohibited", "IPV6,reject with icmpv6 type admin-prohibited"})
	void aFirewallEndsThePath(Family family, String rule) throws Exception {
		this.lab.forwarding(Node.R2, "udp dport %d %s".formatted(Lab.ECHO, rule));
		List<JsonNode> lines = trace(family.target(Place.S, Lab.ECHO), "");
		if (!lines.isEmpty()) {
			hop(lines.get(1), 2, "expired", 0, text(family, Place.R2));
			hop(lines.get(2), 3, "unreachable", 0, text(family, Place.R2));
			assertThat(lines.get(2).path("icmp").path("meaning").asString()).isEqualTo("filtered");
			end(lines, "unreachable", 3);
		}
	}

	@ParameterizedTest
	@EnumSource
	void behindAFirewallThatSwallowsThereIsSilence(Family family) throws Exception {
		this.lab.forwarding(Node.R2, "udp dport %d drop".formatted(Lab.ECHO));
		List<JsonNode> lines = trace(family.target(Place.S, Lab.ECHO), "maxHops=5&tries=1");
		if (!lines.isEmpty()) {
			hop(lines.get(1), 2, "expired", 0, text(family, Place.R2));
			Stream.of(2, 3, 4)
					.forEach((i) -> assertThat(lines.get(i).path("outcome").asString()).isEqualTo("timed-out"));
			end(lines, "timed-out", 5);
		}
	}

}
