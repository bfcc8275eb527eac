package dev.udpprobe.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A conversation of lines that Tomcat ends.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"server.tomcat.connection-timeout=2s"})
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = ThisJvm.LOCK, mode = ResourceAccessMode.READ)
class EndedLinesTests {

	@LocalServerPort
	int port;

	private RawRequest lines() throws Exception {
		return RawRequest.chunked(this.port, "POST /send/lines", Http.TEXT);
	}

	@Test
	void whoIsIdleIsTold() throws Exception {
		try (RawRequest request = lines()) {
			request.chunk("one\n");
			assertThat(request.head()).startsWith("HTTP/1.1 200");
			assertThat(request.line()).isEqualTo("Hi, one");
			assertThat(request.line()).isEqualTo("! ended: no line came for too long");
			assertThat(request.rest()).isEmpty();
		}
	}

	@Test
	void whoSaysNothingAtAllIsAnsweredWithAProblem() throws Exception {
		try (RawRequest request = lines()) {
			assertThat(request.head()).startsWith("HTTP/1.1 408").contains("application/problem+json");
			assertThat(request.rest()).startsWith("{\"detail\":\"the request has not come to its end in time\"");
		}
	}

	@Test
	void aMalformedChunkIsAProblem() throws Exception {
		try (RawRequest request = lines()) {
			request.bytes("zz\r\none\r\n");
			assertThat(request.head()).startsWith("HTTP/1.1 400").contains("application/problem+json");
		}
	}

	@Test
	void afterAnAnswerAMalformedChunkEndsTheLinesWithOneThatSaysSo() throws Exception {
		try (RawRequest request = lines()) {
			request.chunk("one\n");
			assertThat(request.head()).startsWith("HTTP/1.1 200");
			assertThat(request.line()).isEqualTo("Hi, one");
			request.bytes("zz\r\ntwo\r\n");
			assertThat(request.line()).isEqualTo("! ended: the request is malformed");
			assertThat(request.rest()).isEmpty();
		}
	}

}
