package dev.udpprobe.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kernel aborts the socket of an exchange whose datagram has left, which no ICMP message
 * can do.
 */
@ParameterizedClass
@EnumSource
class LocalFailureTests {

	private final Detail detail;

	LocalFailureTests(Detail detail) {
		this.detail = detail;
	}

	@BeforeAll
	static void find() {
		ExternalTool.find("ss");
	}

	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.1", "::1"})
	void anAbortedSocketIsNotTakenForAnUnreachableHost(String address) throws Exception {
		try (TestServer server = TestServer.on(address, (_, _) -> {});
				ExchangeEngine engine = new ExchangeEngine(1, 1, this.detail.get(), DestinationRates.NONE)) {
			CompletableFuture<Exchange> exchange = engine.exchange(server.address(),
					"hello".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(5), ExchangeOptions.CONNECTED);
			server.next();
			abortSocketsTo(server.address().getPort());
			assertThat(exchange.get().sent()).isTrue();
			assertThat(exchange.get().outcome()).isInstanceOfSatisfying(Outcome.NotSent.class, (notSent) -> assertThat(
					notSent.reason()).startsWith("this host cannot receive the answer ("));
		}
	}

	/**
	 * By {@code ss(8)}, which shows what it aborted.
	 */
	private static void abortSocketsTo(int port) throws IOException, InterruptedException {
		try (ExternalTool ss = ExternalTool.start("ss", "-K", "-uHn", "dport", "=", Integer.toString(port))) {
			String aborted = String.join("", ss.output().lines().toList());
			ExternalTool.require(ss.exitCode() == 0 && aborted.contains(":" + port),
					"only root may abort sockets, and only where the kernel has INET_DIAG_DESTROY");
		}
	}

}
