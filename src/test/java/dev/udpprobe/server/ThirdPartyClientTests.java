package dev.udpprobe.server;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The echo server with programs of others on the other end.
 */
@EachTransport
class ThirdPartyClientTests {

	private final Transport transport;

	ThirdPartyClientTests(Transport transport) {
		this.transport = transport;
	}

	@Test
	void servesNcat() throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport);
				ExternalTool ncat = ExternalTool.start("ncat", "-u", "127.0.0.1", port(echo))) {
			converse(echo, ncat);
		}
	}

	@Test
	void servesSocat() throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport);
				ExternalTool socat = ExternalTool.start("socat", "-", "UDP:127.0.0.1:" + port(echo))) {
			converse(echo, socat);
		}
	}

	private static void converse(EchoFixture echo, ExternalTool client) throws IOException {
		client.write("hello\n");
		assertThat(client.output().readLine()).isEqualTo("Hi, hello");
		client.write("again\n");
		assertThat(client.output().readLine()).isEqualTo("Hi, again");
		assertThat(echo.sessions().size()).isEqualTo(1);
		client.write("goodbye\n");
		await().until(() -> echo.counts().ended() == 1 && echo.sessions().size() == 0);
	}

	private static String port(EchoFixture echo) {
		return String.valueOf(echo.port());
	}

}
