package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person at a terminal asks for text, and gets a sentence or a table.
 */
class TextAnswersTests extends HttpTests {

	private static final String TIME = "\\d+\\.\\d{3}";

	private Answer post(String path, String body) throws Exception {
		return this.http.ask(this.http.request(path)
				.header("Content-Type", body.startsWith("{") ? Http.JSON : Http.FORM)
				.header("Accept", Http.TEXT)
				.POST(BodyPublishers.ofString(body)));
	}

	private String get(String path) throws Exception {
		return text(200, this.http.ask(this.http.request(path).header("Accept", Http.TEXT)));
	}

	private static String text(int status, Answer answer) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
		assertThat(answer.text()).endsWith("\n");
		return answer.text();
	}

	@ParameterizedTest
	@ValueSource(strings = {"message=hello", "{\"message\": \"hello\"}"})
	void aReplyIsALine(String body) throws Exception {
		assertThat(text(200, post("/send", body)))
				.matches("replied by %s in %s ms: Hi, hello\n".formatted(echoAddress(), TIME));
	}

	@Test
	void aRefusalSaysWhoRefused() throws Exception {
		ExternalTool.requireKernelDetail();
		assertThat(text(502, post("/send", "message=hello&target=closed"))).matches(
				"refused by 127\\.0\\.0\\.1 in %s ms: nobody listens on port %d\n".formatted(TIME, REFUSING.port()));
	}

	@Test
	void silenceSaysForHowLong() throws Exception {
		assertThat(text(504, post("/send", "message=hello&target=silent&timeout=20ms")))
				.isEqualTo("timed-out: %s was silent for 20 ms.\n".formatted(SILENT.address()));
	}

	@ParameterizedTest
	@CsvSource({"00ff8081, 48 69 2c 20 00 ff 80 81", "41 0d0a 42 09, 'Hi, A\\r\\nB\\t'",
			"1b5b324a, 48 69 2c 20 1b 5b 32 4a",
			"e280ae, 48 69 2c 20 e2 80 ae", "c3a9, 'Hi, é'"})
	void whatATerminalWouldObeyIsShownAsBytes(String hex, String shown) throws Exception {
		assertThat(text(200, post("/send", "messageHex=" + hex))).endsWith(" ms: " + shown + "\n");
	}

	@Test
	void aLongReplyIsCut() throws Exception {
		assertThat(text(200, post("/send", "message=" + "é".repeat(1_021))))
				.endsWith(" ms: Hi, " + "é".repeat(508) + "... (2,046 bytes)\n");
		assertThat(text(200, post("/send", "messageHex=" + "00".repeat(61))))
				.endsWith(" ms: 48 69 2c 20" + " 00".repeat(60) + "... (65 bytes)\n");
	}

	@ParameterizedTest
	@CsvSource({"POST, /send, 400, bad-request: message: it is missing",
			"POST, /send?x=1, 400, bad-request: x: there is no",
			"GET, /send, 405, Method Not Allowed: ", "GET, /nothing, 404, Not Found: ",
			"GET, /nothing;x, 404, Not Found: there is nothing",
			"POST, /trace?target=192.0.2.1:9, 403, forbidden-target: "})
	void anErrorIsALine(String method, String path, int status, String beginning) throws Exception {
		Answer answer = this.http.ask(this.http.request(path)
				.header("Content-Type", Http.FORM)
				.header("Accept", Http.TEXT)
				.method(method, BodyPublishers.noBody()));
		assertThat(text(status, answer)).startsWith(beginning).hasLineCount(1);
	}

	@Test
	void whatARequestSaysWrongGivesNoOrdersToATerminal() throws Exception {
		assertThat(text(400, post("/send", "message=a&ttl=%1b[2J%0a%e2%80%ae")))
				.startsWith("bad-request: ttl: '?[2J??' is not a whole number");
	}

	@Test
	void aTraceIsATable() throws Exception {
		ExternalTool.requireKernelDetail();
		assertThat(text(200, post("/trace", "target=closed&tries=2")).lines()).satisfiesExactly(
				(line) -> assertThat(line).isEqualTo(HopView.HEADINGS),
				(line) -> assertThat(line)
						.matches(" {2}1 {5}2 {5}0 {2} +%s {2} +%s {2}refused {6}127\\.0\\.0\\.1".formatted(TIME, TIME)),
				(line) -> assertThat(line).startsWith(REFUSING.address() + " refused: "));
		assertThat(text(200, post("/trace", "target=silent&tries=1&maxHops=1&timeout=20ms")).lines())
				.contains("  1     1     1          -          -  timed-out    -");
	}

	@Test
	void anMtuIsATable() throws Exception {
		ExternalTool.requireKernelDetail();
		assertThat(text(200, post("/mtu", "target=closed"))).startsWith("""
				target    closed (%s)
				payload   65,507 bytes
				packet    65,535 bytes
				evidence  protocol

				""".formatted(REFUSING.address()));
		assertThat(text(504, post("/mtu", "target=silent&tries=1&timeout=20ms"))).startsWith("timed-out: ");
	}

	@Test
	void targetsAndPeersAreTables() throws Exception {
		try (UdpPeer peer = UdpPeer.silent()) {
			peer.send("hello", new InetSocketAddress(InetAddress.getLoopbackAddress(), this.echoServer.port()));
			peer.receive();
			assertThat(get("/targets").lines())
					.anyMatch(
							(line) -> line.matches("name    address +state +since  loss  round trip  what came of it"))
					.anyMatch((line) -> line.matches(
							"closed  %s +by-hand +\\w+     -           -  asked by hand only"
									.formatted(REFUSING.address())));
			assertThat(get("/peers?limit=1").lines().toList().get(1))
					.matches(" {8}1 {13}5( {2}\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ){2}  " + peer.address());
			this.http.form("message=hello");
			assertThat(get("/peers?limit=1")).endsWith("and more: /peers?offset=1&limit=1\n");
		}
	}

	@ParameterizedTest
	@EnumSource(value = SendForm.class, names = {"TEXT", "BYTES"})
	void jsonIsAnsweredToBytesToo(SendForm form) throws Exception {
		Answer answer = this.http.ask(this.http.request("/send?target=echo")
				.header("Content-Type", form.type())
				.header("Accept", Http.JSON)
				.POST(BodyPublishers.ofString("hello")));
		assertThat(answer.header("Content-Type")).isEqualTo(Http.JSON);
		assertThat(answer.json()).containsEntry("reply", "Hi, hello");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			*/*                                  | application/json
			text/html,*/*;q=0.8                  | application/json
			text/*                               | text/plain;charset=UTF-8
			text/plain, application/json         | application/json
			text/plain, application/json;q=0.9   | text/plain;charset=UTF-8
			*/*, text/plain;q=0.5                | application/json
			application/problem+json, text/plain;q=0.1 | application/json
			application/x-ndjson, text/plain;q=0.1 | application/json
			application/octet-stream, text/plain;q=0.1 | application/json
			nonsense                             | application/json
			""")
	void whatIsWantedMoreIsAnswered(String accept, String type) throws Exception {
		Answer answer = this.http.ask(this.http.request("/targets").header("Accept", accept));
		assertThat(answer.header("Content-Type")).isEqualTo(type);
	}

	/** A reply to a text is that text, and no line feed of ours is in it. */
	@ParameterizedTest
	@EnumSource(value = SendForm.class, names = {"TEXT", "BYTES"})
	void theReplyItselfHasNoLineFeedAdded(SendForm form) throws Exception {
		assertThat(this.http.post("/send", form.type(), "hello").bytes())
				.isEqualTo("Hi, hello".getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = {"/actuator/health", "/actuator/info", "/readyz", "/targets", "/peers", "/nothing", "/send",
			"/nothing;x", "/v3/api-docs"})
	void jsonEndsWithALineFeed(String path) throws Exception {
		Answer answer = this.http.get(path);
		assertThat(answer.header("Content-Type")).contains("json");
		assertThat(answer.text()).matches("(?s).*[}\\]]\n");
	}

}
