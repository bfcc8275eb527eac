package dev.udpprobe.web;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * curl as a terminal client, as docs/http.md shows it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "udp-probe.echo.port=0")
class CurlTests {

	@LocalServerPort
	int port;

	@Test
	void answersEachLineBeforeTheNextIsTyped() throws Exception {
		try (ExternalTool curl = ExternalTool.start("curl", "-sNT", ".",
				"http://localhost:%d/send/lines?timeout=1s".formatted(this.port))) {
			curl.write("one\n");
			assertThat(curl.output().readLine()).isEqualTo("Hi, one");
			curl.write("two\n");
			assertThat(curl.output().readLine()).isEqualTo("Hi, two");
			curl.write("goodbye\n");
			assertThat(curl.output().readLine()).startsWith("! timed-out: ").endsWith("was silent for 1000 ms.");
			curl.endInput();
			assertThat(curl.output().readLine()).isNull();
			assertThat(curl.exitCode()).isZero();
		}
	}

}
