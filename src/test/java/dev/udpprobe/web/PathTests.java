package dev.udpprobe.web;

import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Paths of one hop; longer ones take more than one network.
 */
class PathTests extends HttpTests {

	private List<JsonNode> trace(String body) throws Exception {
		ExternalTool.requireKernelDetail();
		Answer answer = this.http.post("/trace", body.startsWith("{") ? Http.JSON : Http.FORM, body);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
		return answer.text().lines().map(JsonMapper.shared()::readTree).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = {"target=echo", "{}", "{\"target\": \"echo\", \"tries\": 3, \"maxHops\": 30}"})
	void theOwnEchoServerIsOneHopAway(String body) throws Exception {
		List<JsonNode> lines = trace(body);
		assertThat(lines).hasSize(2);
		JsonNode hop = lines.getFirst();
		assertThat(hop.path("hop").asInt()).isEqualTo(1);
		assertThat(hop.path("outcome").asString()).isEqualTo("replied");
		assertThat(hop.path("reporters").valueStream().map(JsonNode::asString)).containsExactly("127.0.0.1");
		assertThat(hop.path("sent").asInt()).isEqualTo(3);
		assertThat(hop.path("lost").asInt()).isZero();
		assertThat(hop.path("clock").asString()).isEqualTo("kernel");
		assertThat(hop.path("roundTripMicros").valueStream().map(JsonNode::asDouble)).hasSize(3)
				.allSatisfy((micros) -> assertThat(micros).isPositive());
		JsonNode end = lines.getLast();
		assertThat(end.path("outcome").asString()).isEqualTo("replied");
		assertThat(end.path("target").asString()).isEqualTo("echo");
		assertThat(end.path("remoteAddress").asString()).isEqualTo(echoAddress());
		assertThat(end.path("localAddress").asString()).matches("127\\.0\\.0\\.1:\\d+");
		assertThat(end.path("hops").asInt()).isEqualTo(1);
	}

	@Test
	void aRefusalEndsTheTrace() throws Exception {
		List<JsonNode> lines = trace("tries=2&target=" + REFUSING.address());
		assertThat(lines).hasSize(2);
		assertThat(lines.getFirst().path("icmp").path("meaning").asString()).isEqualTo("port-unreachable");
		assertThat(lines.getFirst().path("sent").asInt()).isEqualTo(2);
		assertThat(lines.getLast().path("outcome").asString()).isEqualTo("refused");
		assertThat(lines.getLast().path("detail").asString()).contains(REFUSING.address(), "refused");
	}

	@Test
	void silenceIsLossAndEndsAtTheLastHopAskedFor() throws Exception {
		try (UdpPeer peer = UdpPeer.silent()) {
			List<JsonNode> lines = trace("timeout=20ms&maxHops=2&tries=1&target=" + peer.address());
			assertThat(lines).hasSize(3);
			assertThat(lines.getFirst().path("outcome").asString()).isEqualTo("timed-out");
			assertThat(lines.getFirst().path("lost").asInt()).isEqualTo(1);
			assertThat(lines.getFirst().path("reporters").isEmpty()).isTrue();
			assertThat(lines.getLast().path("hops").asInt()).isEqualTo(2);
			assertThat(lines.getLast().path("complete").asBoolean()).isFalse();
			assertThat(lines.getLast().path("detail").asString())
					.isEqualTo(peer.address() + " was not reached within 2 hops, or does not answer.");
			assertThat(peer.receive().getPort()).isEqualTo(peer.receive().getPort());
		}
	}

	@Test
	void aTraceGivesUpAfterSilentHopsAndSaysThatNothingWasReached() throws Exception {
		try (UdpPeer peer = UdpPeer.silent()) {
			List<JsonNode> lines = trace("timeout=20ms&maxSilent=3&tries=1&target=" + peer.address());
			assertThat(lines).hasSize(4);
			assertThat(lines.getLast().path("complete").asBoolean()).isFalse();
			assertThat(lines.getLast().path("detail").asString())
					.isEqualTo(peer.address() + " was not reached, or does not answer: the last hops were silent.");
		}
	}

	@Test
	void theMessageIsWhatIsSent() throws Exception {
		ExternalTool.requireKernelDetail();
		try (UdpPeer peer = UdpPeer.silent()) {
			this.http.post("/trace", Http.FORM,
					"message=question&timeout=20ms&maxHops=1&tries=1&target=" + peer.address());
			assertThat(new String(peer.receive().getData(), 0, 8, StandardCharsets.UTF_8)).isEqualTo("question");
		}
	}

	@Test
	void theDatagramsOfATraceAreCounted() throws Exception {
		double sent = this.http.sum("udp_client_datagrams_sent_total");
		double refused = this.http.sum("udp_client_icmp_errors_total");
		double exchanges = this.http.sum("udp_client_exchanges_total");
		trace("tries=4&target=" + REFUSING.address());
		assertThat(this.http.sum("udp_client_datagrams_sent_total") - sent).isEqualTo(4);
		assertThat(this.http.sum("udp_client_icmp_errors_total") - refused).isEqualTo(4);
		assertThat(this.http.sum("udp_client_exchanges_total")).isEqualTo(exchanges);
		assertThat(this.http.sum("udp_client_exchanges_in_flight")).isZero();
	}

	@Test
	void theLongestDatagramOfLoopbackIsTheOneWhoseEchoFits() throws Exception {
		ExternalTool.requireKernelDetail();
		Map<String, Object> mtu = this.http.post("/mtu", Http.FORM, "timeout=250ms").json();
		assertThat(mtu).containsEntry("outcome", "replied")
				.containsEntry("largestPayload", 65_507 - "Hi, ".length())
				.containsEntry("pathMtu", 65_535 - "Hi, ".length())
				.containsEntry("evidence", "silence")
				.doesNotContainKey("reporter");
	}

	@Test
	void aPortThatRefusesTellsTheMtuToo() throws Exception {
		ExternalTool.requireKernelDetail();
		Map<String, Object> mtu = this.http.post("/mtu", Http.JSON, "{\"target\": \"" + REFUSING.address() + "\"}")
				.json();
		assertThat(mtu).containsEntry("outcome", "refused")
				.containsEntry("detail", "The path takes packets of 65,535 bytes: that is the maximum of IP.")
				.containsEntry("largestPayload", 65_507)
				.containsEntry("evidence", "protocol");
	}

	@Test
	void aTargetThatAnswersNothingHasNoMtu() throws Exception {
		ExternalTool.requireKernelDetail();
		try (UdpPeer peer = UdpPeer.silent()) {
			Map<String, Object> problem = this.http
					.post("/mtu", Http.FORM, "timeout=200ms&tries=3&target=" + peer.address())
					.problem(504);
			assertThat(problem).containsEntry("outcome", "timed-out");
			// Three of the longest and three of the shortest.
			Matcher silent = Pattern.compile("%s was silent for (\\d+) ms\\.".formatted(peer.address()))
					.matcher(String.valueOf(problem.get("detail")));
			assertThat(silent.matches()).isTrue();
			assertThat(Integer.parseInt(silent.group(1))).isGreaterThanOrEqualTo(1_200);
		}
	}

	@Test
	void eachLengthBeginsWithTheMessage() throws Exception {
		ExternalTool.requireKernelDetail();
		byte[] question = {0, (byte) 0xff, '#', '7', ' '};
		try (UdpPeer peer = UdpPeer.silent()) {
			this.http.post("/mtu", Http.FORM,
					"messageHex=00:ff:23:37:20&timeout=20ms&tries=1&target=" + peer.address()).problem(504);
			assertThat(received(peer)).hasSize(65_507).startsWith(question);
			assertThat(received(peer)).hasSizeBetween(30, 50).startsWith(question);
		}
	}

	@Test
	void aMessageThatIsTooLongItselfHasNoMtu() throws Exception {
		ExternalTool.requireKernelDetail();
		assertThat(this.http.post("/mtu", Http.FORM, "message=" + "a".repeat(65_500)).problem(413))
				.containsEntry("outcome", "too-big");
	}

	private static byte[] received(UdpPeer peer) {
		DatagramPacket packet = peer.receive();
		return Arrays.copyOf(packet.getData(), packet.getLength());
	}

	@ParameterizedTest
	@ValueSource(strings = {"message=hello", "messageHex=2337 20", "messageBase64=AAEC"})
	void withAMessageThePathIsTheSame(String message) throws Exception {
		ExternalTool.requireKernelDetail();
		assertThat(this.http.post("/mtu", Http.FORM, "timeout=250ms&" + message).json())
				.containsEntry("outcome", "replied")
				.containsEntry("largestPayload", 65_507 - "Hi, ".length());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/trace | maxHops=0           | maxHops | from 1 to 64
			/trace | maxHops=65          | maxHops | from 1 to 64
			/trace | tries=0             | tries   | from 1 to 10
			/mtu   | tries=11            | tries   | from 1 to 10
			/mtu   | maxHops=3           | maxHops | there are message, messageHex, messageBase64, module, target, timeout, dscp, source, sourcePort, tries
			/trace | maxSilent=0         | maxSilent | from 1 to 64
			/trace | ttl=3               | ttl     | there are message, messageHex, messageBase64, module, target, timeout
			/trace | message=            | message | it is empty
			/mtu   | messageHex=         | messageHex | it is empty
			/trace | timeout=11s         | timeout | 10000 ms
			/trace | target=nobody       | target  | port from 1 to 65535
			/mtu   | source=here         | source  | not an IP address
			""")
	void whatIsNotTakenIsNamed(String path, String body, String field, String takes) throws Exception {
		Map<String, Object> problem = this.http.post(path, Http.FORM, body).problem(400);
		assertThat(problem).containsEntry("field", field);
		assertThat(String.valueOf(problem.get("detail"))).contains(takes);
	}

	@ParameterizedTest
	@ValueSource(strings = {"/trace", "/mtu"})
	void aTargetOutsideThePolicyIsForbidden(String path) throws Exception {
		double sent = this.http.sum("udp_client_datagrams_sent_total");
		this.http.post(path, Http.FORM, "target=192.0.2.1:53").problem(403);
		assertThat(this.http.sum("udp_client_datagrams_sent_total")).isEqualTo(sent);
	}

	@ParameterizedTest
	@ValueSource(strings = {"/trace", "/mtu"})
	void aNameWithoutAddressIsUnresolved(String path) throws Exception {
		assertThat(this.http.post(path, Http.FORM, "target=x.invalid:53").problem(502)).containsEntry("outcome",
				"unresolved");
	}

	@ParameterizedTest
	@ValueSource(strings = {"/trace", "/mtu"})
	void aSourceThatIsNotOfThisHostIsNotSent(String path) throws Exception {
		ExternalTool.requireKernelDetail();
		assertThat(this.http.post(path, Http.FORM, "source=192.0.2.1").problem(502)).containsEntry("outcome",
				"not-sent");
	}

}
