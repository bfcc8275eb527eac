package dev.udpprobe.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class SendLinesTests extends HttpTests {

	private static final String PATH = "/send/lines";

	private static final String TEN_KB = "x".repeat(10_000);

	@ParameterizedTest
	@CsvSource({"POST, text/plain", "PUT, text/plain", "POST, application/x-www-form-urlencoded",
			"PUT, application/x-www-form-urlencoded", "PUT, application/octet-stream"})
	void answersEachLineBeforeTheNextIsSent(String method, String type) throws Exception {
		try (RawRequest request = RawRequest.chunked(this.port, method + " " + PATH, type)) {
			request.chunk("one\n");
			assertThat(request.head()).startsWith("HTTP/1.1 200").contains("Content-Type: text/plain;charset=UTF-8");
			assertThat(request.line()).isEqualTo("Hi, one");
			for (int i = 0; i < 100; i++) {
				request.chunk("line ");
				request.chunk(i + "\n");
				assertThat(request.line()).isEqualTo("Hi, line " + i);
			}
			request.end();
			assertThat(request.line()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"POST", "PUT"})
	void takesLinesThatEndAsTheyDoElsewhere(String method) throws Exception {
		assertThat(lines(method, "", "one\r\ntwo\nthree")).isEqualTo("Hi, one\nHi, two\nHi, three\n");
	}

	@Test
	void takesABodyWithoutAType() throws Exception {
		assertThat(this.http.ask(this.http.request(PATH).PUT(BodyPublishers.ofString("one\n"))).text())
				.isEqualTo("Hi, one\n");
	}

	@Test
	void anEmptyBodyHasNoLines() throws Exception {
		assertThat(lines("POST", "", "")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"connected", "unconnected"})
	void aBlankLineIsAnEmptyDatagram(String socket) throws Exception {
		assertThat(lines("POST", "?socket=" + socket, "\n\r\na\n")).isEqualTo("Hi, \nHi, \nHi, a\n");
	}

	@Test
	void linesAreBytes() throws Exception {
		byte[] line = {'a', 0, (byte) 0xff, '\t', '\n'};
		assertThat(this.http.post(PATH, Http.TEXT, line).bytes())
				.isEqualTo(new byte[]{'H', 'i', ',', ' ', 'a', 0, (byte) 0xff, '\t', '\n'});
	}

	@Test
	void aReplyOfManyLinesStaysOneLine() throws Exception {
		try (UdpPeer peer = UdpPeer.answering("one\ntwo\r\n".getBytes(StandardCharsets.UTF_8))) {
			assertThat(lines("POST", "?target=" + peer.address(), "a\nb\n"))
					.isEqualTo("one\\ntwo\\r\\n\none\\ntwo\\r\\n\n");
		}
	}

	@Test
	void aLineWithoutAReplyIsAnsweredWithItsOutcomeAndLaterLinesGoOn() throws Exception {
		assertThat(lines("POST", "?target=closed", "a\nb\n").lines()).hasSize(2)
				.allMatch((line) -> line.startsWith("! refused ")
						&& line.endsWith(" ms: nobody listens on port " + REFUSING.port()));
		assertThat(lines("POST", "?target=silent&timeout=20ms", "a\nb\n").lines()).hasSize(2)
				.allMatch((line) -> line.startsWith("! timed-out: " + SILENT.address()));
		assertThat(lines("POST", "?target=x.invalid:53", "a\n")).startsWith("! unresolved: ");
	}

	@Test
	void aLineLongerThanADatagramIsAnsweredBeforeItEndsAndLaterLinesGoOn() throws Exception {
		try (RawRequest request = RawRequest.chunked(this.port, "POST " + PATH, Http.TEXT)) {
			for (int i = 0; i < 7; i++) {
				request.chunk(TEN_KB);
			}
			assertThat(request.head()).startsWith("HTTP/1.1 200");
			assertThat(request.line()).startsWith("! too-big: ");
			for (int i = 0; i < 1_000; i++) {
				request.chunk(TEN_KB);
			}
			request.chunk("\nnext\n");
			assertThat(request.line()).isEqualTo("Hi, next");
		}
	}

	@Test
	void aLineMayBeAsLongAsADatagram() throws Exception {
		String longest = "x".repeat(65_503);
		String answer = lines("POST", "", longest + "\n" + longest + "xxxxx\nnext\n");
		assertThat(answer.lines()).hasSize(3).first().isEqualTo("Hi, " + longest);
		assertThat(answer.lines().skip(1)).first().asString().startsWith("! too-big: ").contains("65,508");
		assertThat(answer.lines().skip(2)).containsExactly("Hi, next");
	}

	@ParameterizedTest
	@CsvSource({"target=nobody, target", "target=127.0.0.1:0, target", "timeout=0s, timeout", "timeout=11s, timeout",
			"timeout=soon, timeout", "socket=raw, socket", "message=a, message", "target=echo&target=echo, target"})
	void wrongParametersAreAProblemBeforeAnyLineIsRead(String query, String field) throws Exception {
		try (RawRequest request = RawRequest.chunked(this.port, "POST %s?%s".formatted(PATH, query), Http.TEXT)) {
			assertThat(request.head()).startsWith("HTTP/1.1 400").contains("Content-Type: application/problem+json");
			assertThat(request.line()).contains("\"field\":\"%s\"".formatted(field));
		}
	}

	@Test
	void aClientThatGoesAwayLeavesNothingInFlight() throws Exception {
		try (RawRequest request = RawRequest.chunked(this.port, "POST " + PATH, Http.TEXT)) {
			request.chunk("one\ntwo");
			assertThat(request.head()).startsWith("HTTP/1.1 200");
		}
		assertThat(this.http.form("message=hello").json()).containsEntry("reply", "Hi, hello");
	}

	private String lines(String method, String query, String body) throws Exception {
		Answer answer = this.http.ask(this.http.request(PATH + query)
				.header("Content-Type", Http.TEXT)
				.method(method, BodyPublishers.ofString(body)));
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return answer.text();
	}

	@Test
	void theFirstLineCountsAsTheRequest() throws Exception {
		try (ConfigurableApplicationContext service = new SpringApplicationBuilder(UdpProbeApplication.class).run(
				"--server.port=0", "--server.address=127.0.0.1", "--udp-probe.echo.port=0",
				"--udp-probe.security.requests-per-second=1")) {
			String port = service.getEnvironment().getRequiredProperty("local.server.port");
			long beganNanos = System.nanoTime();
			String text = new Http(Integer.parseInt(port)).post("/send/lines", Http.TEXT, "one\n".repeat(100)).text();
			int seconds = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos);
			assertThat(text).startsWith("Hi, one\n").contains("\n! too-many-requests: ");
			assertThat(text.lines().filter("Hi, one"::equals)).hasSizeBetween(1, 1 + seconds);
		}
	}

}
