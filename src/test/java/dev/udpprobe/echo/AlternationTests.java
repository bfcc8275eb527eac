package dev.udpprobe.echo;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.net.RateLimit;
import dev.udpprobe.server.EachTransport;
import dev.udpprobe.server.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EachTransport
class AlternationTests {

	private final Transport transport;

	AlternationTests(Transport transport) {
		this.transport = transport;
	}

	private EchoFixture echo(EchoMode mode) {
		return EchoFixture.guarded(this.transport, mode, "Hi, ",
				new GuardSettings(List.of(), List.of(), true, RateLimit.NONE, RateLimit.NONE));
	}

	@ParameterizedTest
	@EnumSource
	void aResponderFallsSilent(EchoMode mode) throws IOException {
		try (EchoFixture echo = echo(mode); Responder responder = new Responder(echo.port())) {
			await().until(() -> echo.counts().droppedFor(EchoDrop.ALTERNATION) == 1);
			assertThat(echo.isBalanced()).isTrue();
			System.err.println(responder.received() + " " + echo.counts().received());
		}
	}

}
