package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.ParameterizedTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class OverviewTests extends HttpTests {

	@Test
	void targetsAreTheOwnEchoServerAndTheConfiguredOnes() throws Exception {
		assertThat(array("/targets").valueStream().map((target) -> "%s %s %s".formatted(target.path("name").asString(),
				target.path("address").asString(), target.path("allowed").asBoolean()))).containsExactly(
						"echo %s true".formatted(echoAddress()), "closed %s true".formatted(REFUSING.address()),
						"silent %s true".formatted(SILENT.address()));
	}

	@Test
	void peersAreTheSessionsOfTheEchoServerTheLastSeenFirst() throws Exception {
		Instant before = Instant.now().minus(Duration.ofSeconds(1));
		InetSocketAddress echo = new InetSocketAddress(InetAddress.getLoopbackAddress(), this.echoServer.port());
		try (UdpPeer first = UdpPeer.silent(); UdpPeer second = UdpPeer.silent()) {
			for (UdpPeer peer : List.of(first, second, first)) {
				peer.send("hello", echo);
				peer.receive();
			}
			JsonNode peers = array("/peers");
			assertThat(addresses(peers)).startsWith(first.address(), second.address());
			JsonNode peer = peers.path(0);
			assertThat(peer.propertyNames()).containsExactlyInAnyOrder("address", "datagrams", "bytes", "firstSeen",
					"lastSeen");
			assertThat(peer.path("datagrams").asInt()).isEqualTo(2);
			assertThat(peer.path("bytes").asInt()).isEqualTo(10);
			Instant firstSeen = Instant.parse(peer.path("firstSeen").asString());
			Instant lastSeen = Instant.parse(peer.path("lastSeen").asString());
			assertThat(firstSeen).isBetween(before, lastSeen);
			assertThat(lastSeen).isBefore(Instant.now().plusSeconds(1));
			first.send("goodbye", echo);
			await().untilAsserted(() -> assertThat(addresses(array("/peers"))).contains(second.address())
					.doesNotContain(first.address()));
		}
	}

	@Test
	void peersComeInPages() throws Exception {
		InetSocketAddress echo = new InetSocketAddress(InetAddress.getLoopbackAddress(), this.echoServer.port());
		try (UdpPeer first = UdpPeer.silent(); UdpPeer second = UdpPeer.silent(); UdpPeer third = UdpPeer.silent()) {
			for (UdpPeer peer : List.of(first, second, third)) {
				peer.send("hello", echo);
				peer.receive();
			}
			assertThat(addresses(array("/peers?limit=2"))).containsExactly(third.address(), second.address());
			assertThat(addresses(array("/peers?limit=1&offset=2"))).containsExactly(first.address());
			assertThat(this.http.get("/peers?offset=1&limit=1").header("Link"))
					.isEqualTo("<?offset=2&limit=1>; rel=\"next\"");
			assertThat(this.http.get("/peers").header("Link")).isEmpty();
			assertThat(array("/peers?offset=1000000")).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"limit=0", "limit=10001", "offset=-1", "offset=1000001", "limit=", "limit=1&limit=1",
			"page=2",
			"offset=%ff"})
	void aPageThatIsNoneIsAProblem(String query) throws Exception {
		assertThat(this.http.get("/peers?" + query).problem(400)).containsKey("field");
	}

	private static List<String> addresses(JsonNode peers) {
		return peers.valueStream().map((peer) -> peer.path("address").asString()).toList();
	}

	@Test
	void theDescriptionTellsAllFormsOfSending() throws Exception {
		Answer answer = this.http.get("/v3/api-docs");
		assertThat(answer.status()).isEqualTo(200);
		JsonNode paths = JsonMapper.shared().readTree(answer.bytes()).path("paths");
		assertThat(paths.propertyNames()).contains("/send", "/send/lines", "/ping", "/trace", "/mtu", "/peers",
				"/targets");
		JsonNode send = paths.path("/send").path("post");
		assertThat(send.path("requestBody").path("content").propertyNames())
				.containsExactlyInAnyOrder(Http.JSON, Http.FORM, Http.TEXT, Http.BYTES);
		assertThat(send.path("responses").propertyNames()).contains("200", "400", "403", "413", "501", "502", "503",
				"504");
		assertThat(send.path("parameters").valueStream().map((parameter) -> parameter.path("name").asString()))
				.containsExactly("module", "target", "timeout", "socket", "ttl", "dscp", "dontFragment", "source",
						"sourcePort");
		assertThat(paths.path("/send/lines").propertyNames()).containsExactlyInAnyOrder("post", "put");
	}

	@Test
	void theDescriptionNamesTheFieldsThatAnAnswerHas() throws Exception {
		JsonNode schemas = JsonMapper.shared()
				.readTree(this.http.get("/v3/api-docs").bytes())
				.path("components")
				.path("schemas");
		Map<String, Object> exchange = this.http.form("message=hello").json();
		assertThat(schemas.path("Exchange").path("properties").propertyNames()).containsAll(exchange.keySet());
		assertThat(schemas.path("Send").path("properties").propertyNames())
				.containsExactly("message", "messageHex", "messageBase64", "module", "target", "timeout", "socket",
						"ttl", "dscp",
						"dontFragment", "source", "sourcePort", "datagrams");
		assertThat(schemas.path("PingRequest").path("properties").propertyNames())
				.containsExactly("message", "messageHex", "messageBase64", "module", "target", "timeout", "dscp",
						"source", "sourcePort", "count", "interval", "size", "fresh", "flows");
		assertThat(schemas.path("TraceRequest").path("properties").propertyNames())
				.containsExactly("message", "messageHex", "messageBase64", "module", "target", "timeout", "dscp",
						"source",
						"sourcePort", "maxHops", "maxSilent", "tries");
		assertThat(schemas.path("MtuRequest").path("properties").propertyNames())
				.containsExactly("message", "messageHex", "messageBase64", "module", "target", "timeout", "dscp",
						"source",
						"sourcePort", "tries");
	}

	@Test
	void theDescriptionTellsWhatAFieldTakesAndWhatItIsWithoutIt() throws Exception {
		JsonNode description = JsonMapper.shared().readTree(this.http.get("/v3/api-docs").bytes());
		JsonNode schemas = description.path("components").path("schemas");
		JsonNode trace = schemas.path("TraceRequest").path("properties");
		assertThat(trace.path("tries").path("type").asString()).isEqualTo("integer");
		assertThat(trace.path("tries").path("minimum").asInt()).isEqualTo(1);
		assertThat(trace.path("tries").path("maximum").asInt()).isEqualTo(10);
		assertThat(trace.path("tries").path("default").asInt()).isEqualTo(3);
		assertThat(trace.path("maxHops").path("default").asInt()).isEqualTo(30);
		assertThat(schemas.path("MtuRequest").path("properties").path("tries").path("default").asInt()).isEqualTo(2);
		JsonNode socket = description.at("/paths/~1send~1lines/put/parameters/3");
		assertThat(socket.path("name").asString()).isEqualTo("socket");
		assertThat(socket.path("schema").path("enum")).hasToString("[\"connected\",\"unconnected\"]");
		assertThat(socket.path("schema").path("default").asString()).isEqualTo("connected");
	}

	@Test
	void theDescriptionHasAPage() throws Exception {
		Answer redirect = this.http.get("/swagger-ui.html");
		assertThat(redirect.status()).isEqualTo(302);
		Answer page = this.http.get(redirect.header("Location"));
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains("Swagger UI");
	}

	@Test
	void whatIsNotThereIsAProblem() throws Exception {
		this.http.get("/nothing").problem(404);
	}

	private JsonNode array(String path) throws Exception {
		Answer answer = this.http.get(path);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
		return JsonMapper.shared().readTree(answer.bytes());
	}

}
