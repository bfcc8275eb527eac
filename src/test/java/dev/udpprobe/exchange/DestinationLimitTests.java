package dev.udpprobe.exchange;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whoever sends, one address gets no more than the limit.
 */
class DestinationLimitTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final byte[] PAYLOAD = {1, 2, 3};

	private final DestinationRates rates = new DestinationRates(1, System.nanoTime());

	private static Outcome exchange(ExchangeEngine engine, InetSocketAddress remote) {
		return engine.exchange(remote, PAYLOAD, LONG, ExchangeOptions.CONNECTED).join().outcome();
	}

	@ParameterizedTest
	@EnumSource
	void anExchangeBeyondTheLimitIsNotSent(Detail detail) throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(4, 2, detail.get(), this.rates);
				TestServer one = TestServer.echo("127.0.0.1")) {
			int sent = 0;
			Outcome outcome = exchange(engine, one.address());
			while (outcome instanceof Outcome.Replied) {
				sent++;
				outcome = exchange(engine, one.address());
			}
			assertThat(sent).isPositive();
			assertThat(outcome).isEqualTo(this.rates.notSent());
			for (int i = 0; i < sent; i++) {
				one.next();
			}
			assertThat(one.countReceived()).isZero();
			assertThat(engine.inFlight()).isZero();
			await().atMost(LONG).until(() -> exchange(engine, one.address()) instanceof Outcome.Replied);
		}
	}

	@Test
	void theDatagramsOfFlowsCountToo() throws Exception {
		KernelDetail detail = KernelDetail.find();
		ExternalTool.require(detail.errors(), String.valueOf(detail.noErrors()));
		InetSocketAddress closed = new InetSocketAddress(InetAddress.getLoopbackAddress(),
				TestServer.closedPort("127.0.0.1").getPort());
		try (ExchangeEngine engine = new ExchangeEngine(4, 2, detail, this.rates);
				Flow flow = engine.open(closed, ExchangeOptions.CONNECTED,
						new FlowSettings(1, Correlation.NONE, (_) -> {}))) {
			Outcome outcome = flow.send(0, PAYLOAD, LONG).join().outcome();
			while (outcome instanceof Outcome.Refused) {
				outcome = flow.send(0, PAYLOAD, LONG).join().outcome();
			}
			assertThat(outcome).isEqualTo(this.rates.notSent());
		}
	}

}
