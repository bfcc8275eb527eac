package dev.udpprobe.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.testing.InTime;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests by a module. Those of {@link HttpTests} ask the echo server for a word, and want to hear hello.
 */
class ModuleTests extends HttpTests {

	private static final String PATH = "/send";

	private Answer form(String fields) throws Exception {
		return this.http.form(fields);
	}

	@Test
	void theAnswerIsJudgedBesideTheExchange() throws Exception {
		Map<String, Object> answer = form("module=word").json();
		assertThat(List.copyOf(answer.keySet()))
				.startsWith("outcome", "verdict", "detail", "module", "fields", "target")
				.contains("tries", "strays", "reply", "roundTripMicros");
		assertThat(answer).containsEntry("outcome", "replied").containsEntry("verdict", "pass")
				.containsEntry("module", "word").containsEntry("fields", Map.of("said", "hello"))
				.containsEntry("tries", 1)
				.containsEntry("strays", 0).containsEntry("reply", "Hi, hello").doesNotContainKey("reason");
		assertThat(answer).extractingByKey("detail").asString()
				.matches("echo \\(127\\.0\\.0\\.1:\\d+\\) replied: it says hello, in \\d+\\.\\d{3} ms");
	}

	@ParameterizedTest
	@EnumSource(value = SendForm.class, names = {"JSON", "FORM"})
	void anAnswerThatIsNotGoodIsAReplyAllTheSame(SendForm form) throws Exception {
		Map<String, String> fields = Map.of("module", "word", "module.word", "adieu");
		Answer answer = this.http.post(PATH, form.type(), (form == SendForm.FORM)
				? SendForm.urlEncoded(fields)
				: JsonMapper.shared().writeValueAsString(fields));
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("outcome", "replied").containsEntry("verdict", "fail")
				.containsEntry("reason", "said is adieu, not hello");
		assertThat(answer.json().get("detail")).asString().endsWith(" ms, which is not good: said is adieu, not hello");
	}

	@Test
	void aSettingInJsonMayBeANumber() throws Exception {
		assertThat(this.http.post(PATH, Http.JSON, "{\"module\":\"word\",\"module.word\":7}").json())
				.containsEntry("reply", "Hi, 7");
	}

	@Test
	void aBodyThatIsAMessageIsSentByAModuleThatTakesOne() throws Exception {
		Answer any = this.http.post(PATH + "?module=any", Http.TEXT, "moin");
		assertThat(any.text()).isEqualTo("Hi, moin");
		assertThat(this.http.post(PATH + "?module=word", Http.TEXT, "").text()).isEqualTo("Hi, hello");
		assertThat(this.http.post(PATH + "?module=word", Http.TEXT, "moin").problem(400)).containsEntry("field",
				"message");
	}

	@Test
	void linesAreMessagesOfAModule() throws Exception {
		assertThat(this.http.post("/send/lines?module=any", Http.TEXT, "one\ntwo\n").text())
				.isEqualTo("Hi, one\nHi, two\n");
		assertThat(this.http.post("/send/lines?module=word", Http.TEXT, "one\n").problem(400))
				.containsEntry("field", "message");
		assertThat(this.http.post("/send/lines?module=syslog&target=silent&timeout=20ms", Http.TEXT, "one\n").text())
				.isEqualTo("silent (" + SILENT.address()
						+ ") was silent for 20 ms: not refused, which is all that can be known, because syslog has no answers.\n");
	}

	@Test
	void eachLineIsLookedAtWhenItIsThere() throws Exception {
		assertThat(this.http.post("/send/lines?module=digit", Http.TEXT, "3\n9\n4\n").text())
				.isEqualTo("Hi, 3\n! bad-request: message: '9' is not 1..5\nHi, 4\n");
		assertThat(this.http.post("/send/lines?module=digit&module.x=1", Http.TEXT, "3\n").problem(400))
				.containsEntry("field", "module.x");
	}

	@Test
	void silenceIsNotGoodWhereNoRefusalCouldBeHeard() throws Exception {
		assertThat(form("module=syslog&socket=unconnected&target=closed&timeout=20ms").problem(504))
				.containsEntry("verdict", "fail");
	}

	@Test
	void asTextAModuleThatIsAskedByABodyAnswersInASentence() throws Exception {
		Answer answer = this.http.ask(this.http.request(PATH + "?module=any").header("Accept", Http.TEXT)
				.header("Content-Type", Http.TEXT).POST(BodyPublishers.ofString("moin")));
		assertThat(answer.text()).startsWith("echo (127.0.0.1:").contains(") replied: 8 bytes, in ");
	}

	@Test
	void aPathIsLookedAtWithWhatTheModuleSays() throws Exception {
		try (UdpPeer peer = UdpPeer.silent()) {
			assertThat(this.http.post("/trace", Http.FORM,
					"module=word&timeout=20ms&maxHops=1&tries=1&target=" + peer.address()).status()).isEqualTo(200);
			assertThat(new String(peer.receive().getData(), 0, 5, StandardCharsets.UTF_8)).isEqualTo("hello");
			assertThat(this.http.post("/mtu", Http.FORM,
					"module=word&timeout=20ms&tries=1&target=" + peer.address()).status()).isEqualTo(504);
			assertThat(new String(peer.receive().getData(), 0, 6, StandardCharsets.UTF_8)).isEqualTo("hello#");
		}
	}

	@Test
	void silenceIsToldWithWhatItMayMean() throws Exception {
		Map<String, Object> problem = form("module=word&target=silent&timeout=20ms").problem(504);
		assertThat(problem).containsEntry("outcome", "timed-out").containsEntry("verdict", "fail")
				.containsEntry("fields", Map.of())
				.containsEntry("detail",
						"silent (" + SILENT.address() + ") was silent for 20 ms; perhaps it is asleep.");
		assertThat(form("module=syslog&target=silent&timeout=20ms").problem(504)).containsEntry("verdict", "pass");
	}

	@Test
	void aRefusalFailsAtOnce() throws Exception {
		assertThat(form("module=word&target=closed").problem(502)).containsEntry("outcome", "refused")
				.containsEntry("verdict", "fail").containsEntry("tries", 1);
		assertThat(form("module=syslog&target=closed").problem(502)).containsEntry("verdict", "fail");
		assertThat(form("module=word&target=x.invalid:9").problem(502)).containsEntry("outcome", "unresolved")
				.containsEntry("verdict", "fail").containsEntry("tries", 0);
	}

	@Test
	void whatIsNoAnswerIsMismatched() throws Exception {
		AtomicReference<String> address = new AtomicReference<>();
		Answer answer = InTime.of(1, Duration.ofMillis(500), (time) -> {
			try (UdpPeer peer = UdpPeer.on((self, packet, _) -> {
				self.send("Hello", packet.getSocketAddress());
				time.answered();
			})) {
				address.set(peer.address());
				return form("module=word&timeout=500ms&target=" + peer.address());
			}
		});
		Map<String, Object> problem = answer.problem(502);
		assertThat(problem).containsEntry("outcome", "mismatched").containsEntry("verdict", "fail")
				.containsEntry("strays", 1).containsEntry("reply", "Hello")
				.containsEntry("detail",
						address.get() + " answered, but not what was asked: 1 datagram was no answer.");
		assertThat(List.copyOf(problem.keySet())).startsWith("outcome", "detail");
	}

	@Test
	void asTextTheAnswerIsASentence() throws Exception {
		try (UdpPeer peer = UdpPeer.answering("Hi, \u001b[31m".getBytes(StandardCharsets.UTF_8))) {
			Answer answer = this.http
					.ask(this.http.request(PATH).header("Accept", Http.TEXT).header("Content-Type", Http.FORM)
							.POST(BodyPublishers.ofString("module=word&target=" + peer.address())));
			assertThat(answer.text()).matches("127\\.0\\.0\\.1:\\d+ replied: it says \\?\\[31m, in \\d+\\.\\d{3} ms, "
					+ "which is not good: said is \\?\\[31m, not hello\n");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			module=nix                          | module         | module: there is no module 'nix'; GET /modules lists them
			module=                             | module         | module: there is no module ''; GET /modules lists them
			module=word&module.word=no          | module.word    | module.word: 'no' is not hello, adieu, 7
			module=word&module.nix=1            | module.nix     | module.nix: the module word has no such setting; it has word
			module=word&message=a               | message        | message: the module word takes none; the module any sends a message as it is
			module=any                          | message        | message: it is missing; the module any takes text
			module=secretive&module.key=a       | module.key     | module.key: it is a secret, which the configuration alone may give
			module.word=hello&message=a         | module.word    | module.word: it is a setting of a module, and none is named
			module=word&module.word=7&module.word=7 | module.word | module.word: it is given more than once and takes one value
			module=dns&module.type=NIX          | module.type    | ~
			module=tftp&message=                | ~              | ~
			""", nullValues = "~")
	void whatIsWrongIsNamed(String fields, String field, String detail) throws Exception {
		if (field == null) {
			assertThat(form(fields + "&timeout=20ms").status()).isNotEqualTo(400);
			return;
		}
		Map<String, Object> problem = form(fields).problem(400);
		assertThat(problem).containsEntry("field", field);
		if (detail != null) {
			assertThat(problem).containsEntry("detail", detail);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"[1]", "{}", "null"})
	void aSettingInJsonIsOneValue(String value) throws Exception {
		Answer answer = this.http.post(PATH, Http.JSON, "{\"module\":\"word\",\"module.word\":%s}".formatted(value));
		assertThat(answer.status()).isEqualTo(value.equals("null") ? 200 : 400);
	}

	@Test
	void asMuchAsIsSecretIsMasked() throws Exception {
		Map<String, Object> answer = form("module=secretive").json();
		assertThat(answer).containsEntry("verdict", "pass").containsEntry("reply", "Hi, ******!");
		assertThat(answer.toString()).doesNotContain("s3cret")
				.doesNotContain(Base64.getEncoder().encodeToString("s3cret".getBytes(StandardCharsets.UTF_8)));
		assertThat(this.http.post(PATH + "?module=secretive", Http.BYTES, "").text()).isEqualTo("Hi, ******!");
	}

	@Test
	void modulesAreListedWithoutTheirSecrets() throws Exception {
		Answer answer = this.http.get("/modules");
		List<Map<String, Object>> modules = JsonMapper.shared().readerForListOf(LinkedHashMap.class)
				.readValue(answer.bytes());
		assertThat(modules).extracting((module) -> module.get("name"))
				.contains("any", "dns", "echo", "word", "secretive")
				.isSorted();
		assertThat(modules).filteredOn((module) -> "secretive".equals(module.get("name"))).singleElement()
				.extracting((module) -> module.get("settings"))
				.isEqualTo(List.of(Map.of("name", "key", "about", "", "takes", "text", "secret", true)));
		assertThat(answer.text()).doesNotContain("s3cret").endsWith("\n");
		assertThat(modules).filteredOn((module) -> "word".equals(module.get("name"))).singleElement()
				.satisfies((module) -> assertThat(module).containsEntry("fields", List.of("said"))
						.containsEntry("silence", "it is asleep"));
		assertThat(modules).allSatisfy((module) -> assertThat(module).containsKeys("about", "silence", "fields",
				"settings", "example"));
		String text = this.http.ask(this.http.request("/modules").header("Accept", Http.TEXT)).text();
		assertThat(text.lines()).first().asString().startsWith("module ");
		assertThat(text).containsPattern("\nany +Sends a message as it is")
				.containsPattern("\nradius +1812  Asks a RADIUS server");
	}

}
