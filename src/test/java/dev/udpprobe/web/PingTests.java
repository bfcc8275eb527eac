package dev.udpprobe.web;

import java.net.DatagramPacket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.testing.InTime;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pings of servers that answer well, badly and not at all.
 */
class PingTests extends HttpTests {

	private static final String PATH = "/ping";

	private List<JsonNode> ping(String body) throws Exception {
		Answer answer = this.http.post(PATH, body.startsWith("{") ? Http.JSON : Http.FORM, body);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
		return answer.text().lines().map(JsonMapper.shared()::readTree).toList();
	}

	private List<JsonNode> ping(UdpPeer peer, String fields) throws Exception {
		return ping(fields + "&target=" + peer.address());
	}

	private String text(String body) throws Exception {
		return this.http.ask(this.http.request(PATH)
				.header("Content-Type", Http.FORM)
				.header("Accept", Http.TEXT)
				.POST(BodyPublishers.ofString(body))).text();
	}

	/**
	 * @return a value of each line but the last
	 */
	private static List<String> each(List<JsonNode> lines, String field) {
		return lines.subList(0, lines.size() - 1).stream().map((line) -> line.path(field).asString("")).toList();
	}

	private static int sum(List<JsonNode> lines, String field) {
		assertThat(lines.getLast().has(field)).as(lines.getLast().toString()).isTrue();
		return lines.getLast().path(field).asInt();
	}

	@Test
	void aMessageMayBeAsLongAsADatagram() throws Exception {
		List<JsonNode> lines = ping("count=2&interval=1ms&message=" + "x".repeat(60_000));
		assertThat(each(lines, "bytesReceived")).containsOnly("60004");
	}

	@ParameterizedTest
	@ValueSource(strings = {"interval=5ms", "{\"interval\": \"5ms\", \"count\": 4, \"fresh\": false, \"flows\": 1}"})
	void eachDatagramHasALineAndAllTheirSums(String body) throws Exception {
		double sent = this.http.sum("udp_client_datagrams_sent_total");
		double received = this.http.sum("udp_client_datagrams_received_total");
		double exchanges = this.http.sum("udp_client_exchanges_total");
		List<JsonNode> lines = ping(body);
		assertThat(lines).hasSize(5);
		assertThat(each(lines, "seq")).containsExactly("1", "2", "3", "4");
		assertThat(each(lines, "outcome")).containsOnly("replied");
		assertThat(each(lines, "bytesReceived")).containsOnly("44");
		assertThat(Set.copyOf(each(lines, "localPort"))).hasSize(1).doesNotContain("");
		assertThat(lines.getFirst().has("flow")).isFalse();
		assertThat(lines.getFirst().path("roundTripMicros").asDouble()).isPositive();
		JsonNode sums = lines.getLast();
		assertThat(sums.propertyNames()).containsExactly("sent", "received", "lost", "duplicates", "reordered", "late",
				"refused", "roundTripMicros", "jitterMicros", "strays", "outcomes", "elapsedMillis");
		assertThat(sum(lines, "sent")).isEqualTo(4);
		assertThat(sum(lines, "received")).isEqualTo(4);
		assertThat(sum(lines, "lost")).isZero();
		assertThat(sums.path("outcomes")).hasToString("{\"replied\":4}");
		assertThat(sums.path("roundTripMicros").propertyNames()).containsExactly("min", "mean", "median", "p95", "p99",
				"max");
		assertThat(sum(lines, "elapsedMillis")).isGreaterThanOrEqualTo(15);
		assertThat(this.http.sum("udp_client_datagrams_sent_total") - sent).isEqualTo(4);
		assertThat(this.http.sum("udp_client_datagrams_received_total") - received).isEqualTo(4);
		assertThat(this.http.sum("udp_client_exchanges_total")).isEqualTo(exchanges);
		assertThat(this.http.sum("udp_client_exchanges_in_flight")).isZero();
	}

	@Test
	void asTextItLooksAsPingDoes() throws Exception {
		String address = echoAddress().replace(".", "\\.");
		assertThat(text("count=2&interval=5ms&size=33")).matches("""
				PING echo \\(A\\): 33 bytes
				37 bytes from A: seq=1 time=\\d+\\.\\d{3} ms
				37 bytes from A: seq=2 time=\\d+\\.\\d{3} ms

				--- echo ping statistics ---
				2 datagrams sent, 2 received, 0% lost, time \\d+\\.\\d{3} ms
				0 refused, 0 late, 0 duplicates, 0 reordered, 0 strays
				round trip min/mean/median/p95/p99/max = (\\d+\\.\\d{3}/?){6} ms, jitter \\d+\\.\\d{3} ms
				""".replace("A", address));
	}

	@Test
	void aRefusalIsALineAtOnce() throws Exception {
		List<JsonNode> lines = ping(REFUSING, "count=3&interval=5ms");
		assertThat(each(lines, "outcome")).containsOnly("refused");
		assertThat(lines.getFirst().path("icmp").path("meaning").asString()).isEqualTo("port-unreachable");
		assertThat(lines.getFirst().path("detail").asString()).contains("nobody listens on that port");
		assertThat(sum(lines, "refused")).isEqualTo(3);
		assertThat(sum(lines, "lost")).isEqualTo(3);
		assertThat(lines.getLast().has("roundTripMicros")).isFalse();
		assertThat(text("count=1&target=closed"))
				.contains("\nseq=1 refused by ", ": nobody listens on port " + REFUSING.port(), "1 refused, ",
						"1 datagrams sent, 0 received, 100% lost");
	}

	@Test
	void silenceIsLoss() throws Exception {
		List<JsonNode> lines = ping(SILENT, "count=2&interval=5ms&timeout=20ms");
		assertThat(each(lines, "outcome")).containsOnly("timed-out");
		assertThat(sum(lines, "lost")).isEqualTo(2);
		assertThat(text("count=1&target=silent&timeout=20ms")).contains("\nseq=1 timed out after 20 ms\n");
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "&module=echo"})
	void everyThirdIsMissed(String module) throws Exception {
		try (UdpPeer peer = UdpPeer.on((self, packet, number) -> {
			if (number % 3 != 0) {
				self.echo(packet);
			}
		})) {
			List<JsonNode> lines = ping(peer, "count=6&interval=2ms&timeout=1s" + module);
			assertThat(sum(lines, "received")).isEqualTo(4);
			assertThat(sum(lines, "lost")).isEqualTo(2);
			assertThat(each(lines, "seq")).containsExactly("1", "2", "4", "5", "3", "6");
		}
	}

	/** A further answer to the last one may come when all is over. */
	@ParameterizedTest
	@ValueSource(strings = {"", "&module=echo"})
	void furtherAnswersAreDuplicates(String module) throws Exception {
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> {
			self.echo(packet);
			self.echo(packet);
		})) {
			List<JsonNode> lines = ping(peer, "count=5&interval=2ms" + module);
			assertThat(sum(lines, "received")).isEqualTo(5);
			assertThat(sum(lines, "duplicates")).isBetween(4, 5);
			assertThat(lines.stream().flatMap((line) -> line.path("duplicates").valueStream()).map(JsonNode::asInt))
					.as("which, before the last line").doesNotHaveDuplicates().isSubsetOf(1, 2, 3, 4, 5)
					.hasSizeGreaterThan(1);
			assertThat(sum(lines, "strays")).isZero();
			assertThat(sum(lines, "late")).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "&module=echo"})
	void anAnswerThatCameBehindALaterOneIsReordered(String module) throws Exception {
		List<DatagramPacket> held = new ArrayList<>();
		try (UdpPeer peer = UdpPeer.on((self, packet, number) -> {
			held.addFirst(packet);
			if (number % 2 == 0) {
				held.forEach(self::echo);
				held.clear();
			}
		})) {
			List<JsonNode> lines = ping(peer, "count=4&interval=2ms" + module);
			assertThat(each(lines, "seq")).containsExactly("2", "1", "4", "3");
			assertThat(sum(lines, "received")).isEqualTo(4);
			assertThat(sum(lines, "reordered")).isEqualTo(2);
			assertThat(sum(lines, "duplicates")).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "&module=echo"})
	void anAnswerBehindTheTimeOutIsLate(String module) throws Exception {
		List<DatagramPacket> held = new ArrayList<>();
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> {
			held.forEach(self::echo);
			held.clear();
			held.add(packet);
		})) {
			List<JsonNode> lines = ping(peer, "count=3&interval=300ms&timeout=100ms" + module);
			assertThat(each(lines, "outcome")).containsOnly("timed-out");
			assertThat(sum(lines, "late")).isEqualTo(2);
			assertThat(sum(lines, "lost")).isEqualTo(3);
			assertThat(sum(lines, "duplicates")).isZero();
			assertThat(sum(lines, "strays")).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "&module=echo"})
	void whatAnswersNothingIsAStray(String module) throws Exception {
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> {
			String sent = new String(packet.getData(), StandardCharsets.ISO_8859_1);
			self.send(sent.replaceFirst("#\\d", "#77").replaceFirst("^[^#].*", "no echo"), packet.getSocketAddress());
			self.echo(packet);
		})) {
			List<JsonNode> lines = ping(peer, "count=3&interval=2ms" + module);
			assertThat(sum(lines, "received")).isEqualTo(3);
			assertThat(sum(lines, "strays")).isEqualTo(3);
			assertThat(sum(lines, "duplicates")).isZero();
		}
	}

	@Test
	void freshPortsAreOthersEachTime() throws Exception {
		Set<String> ports = ConcurrentHashMap.newKeySet();
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> {
			ports.add(Integer.toString(packet.getPort()));
			self.echo(packet);
		})) {
			// One at a time is all that may be in flight.
			List<JsonNode> lines = ping(peer, "count=3&interval=500ms&fresh=true");
			assertThat(sum(lines, "received")).isEqualTo(3);
			assertThat(each(lines, "localPort")).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ports);
			assertThat(lines.getLast().has("jitterMicros")).isFalse();
		}
	}

	@Test
	void theMessageIsWhatIsSentAndAnyAnswerIsOfTheOldest() throws Exception {
		List<String> received = new ArrayList<>();
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> {
			received.add(new String(packet.getData(), StandardCharsets.UTF_8));
			self.send("pong", packet.getSocketAddress());
		})) {
			List<JsonNode> lines = ping(peer, "count=3&interval=2ms&message=question");
			assertThat(received).containsExactly("question", "question", "question");
			assertThat(each(lines, "seq")).containsExactly("1", "2", "3");
			assertThat(each(lines, "bytesReceived")).containsOnly("4");
		}
	}

	@Test
	void aModuleJudgesEachAnswer() throws Exception {
		List<JsonNode> lines = ping("module=word&count=2&interval=2ms");
		assertThat(each(lines, "verdict")).containsOnly("pass");
		assertThat(lines.getFirst().path("fields")).hasToString("{\"said\":\"hello\"}");
		assertThat(lines.getFirst().path("detail").asString()).contains(" replied: it says hello, in ");
		assertThat(sum(lines, "failed")).isZero();
		List<JsonNode> bad = ping("module=word&module.word=adieu&count=2&interval=2ms");
		assertThat(each(bad, "outcome")).containsOnly("replied");
		assertThat(each(bad, "reason")).containsOnly("said is adieu, not hello");
		assertThat(sum(bad, "failed")).isEqualTo(2);
		assertThat(text("module=word&module.word=adieu&count=1"))
				.contains(": module word\n", ": it says adieu, which is not good: said is adieu, not hello\n",
						", 1 not good\n");
	}

	@Test
	void silenceMayBeGood() throws Exception {
		List<JsonNode> lines = ping(SILENT, "module=syslog&count=1&timeout=20ms");
		assertThat(each(lines, "outcome")).containsExactly("timed-out");
		assertThat(each(lines, "verdict")).containsExactly("pass");
		assertThat(each(ping(REFUSING, "module=syslog&count=1"), "verdict")).containsExactly("fail");
	}

	@Test
	void whatAPeerSaysGivesNoOrdersToATerminal() throws Exception {
		try (UdpPeer peer = UdpPeer.answering("Hi, \u001b[2J\nseq=9".getBytes(StandardCharsets.UTF_8))) {
			assertThat(text("module=word&count=1&target=" + peer.address())).doesNotContain("\u001b")
					.doesNotContain("\nseq=9");
		}
	}

	@Test
	void aDatagramThatIsTooLongIsNotSent() throws Exception {
		List<JsonNode> lines = ping("count=2&interval=1ms&size=65508");
		assertThat(each(lines, "outcome")).containsOnly("too-big");
		assertThat(sum(lines, "sent")).isZero();
		assertThat(sum(lines, "lost")).isZero();
	}

	@Test
	void whatIsNoAnswerIsNoSilence() throws Exception {
		Duration timeout = Duration.ofMillis(500);
		AtomicReference<String> address = new AtomicReference<>();
		List<JsonNode> lines = InTime.of(2, timeout, (time) -> {
			try (UdpPeer peer = questioning(time)) {
				address.set(peer.address());
				return ping(peer, "count=2&interval=1ms&timeout=500ms&module=dns");
			}
		});
		assertThat(each(lines, "outcome")).containsOnly("mismatched");
		assertThat(each(lines, "detail")).allSatisfy((detail) -> assertThat(detail)
				.startsWith(address.get() + " answered, but not what was asked: "));
		assertThat(sum(lines, "strays")).isEqualTo(2);
		assertThat(sum(lines, "lost")).isEqualTo(2);
		assertThat(InTime.<String>of(1, timeout, (time) -> {
			try (UdpPeer peer = questioning(time)) {
				return text("count=1&timeout=500ms&module=dns&target=" + peer.address());
			}
		})).contains("\nseq=1 answered, but not what was asked\n", " 1 strays, 1 mismatched, 0 not good\n");
	}

	private static UdpPeer questioning(InTime time) {
		return UdpPeer.on((self, packet, _) -> {
			self.send("?", packet.getSocketAddress());
			time.answered();
		});
	}

	@Test
	void thereAreNoMoreFlowsThanDatagrams() throws Exception {
		assertThat(ping("count=1&flows=16").getLast().has("flows")).isFalse();
	}

}
