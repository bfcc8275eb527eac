package dev.udpprobe.exchange;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.ExternalTool;

import static dev.udpprobe.exchange.Numbered.LONG;
import static dev.udpprobe.exchange.Numbered.SHORT;
import static dev.udpprobe.exchange.Numbered.bytes;
import static dev.udpprobe.exchange.Numbered.over;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whose datagram was refused, where the correlation does not tell.
 */
@ParameterizedClass
@EnumSource(Detail.class)
class FlowQuotationTests {

	private final Numbered numbered = new Numbered();

	private final Detail detail;

	FlowQuotationTests(Detail detail) {
		this.detail = detail;
	}

	/**
	 * The quotation tells, where there is one, even if the datagrams differ at their ends alone; otherwise it is the
	 * one that waits for longest.
	 */
	@ParameterizedTest
	@ValueSource(ints = {0, 60, 90, 500})
	void aRefusalIsOfTheDatagramThatItQuotesOrOfTheOldest(int alike) throws Exception {
		String beginning = "-".repeat(alike);
		if (this.detail == Detail.KERNEL) {
			ExternalTool.requireKernelDetail();
		}
		AtomicInteger key = new AtomicInteger();
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, this.detail.get(), DestinationRates.NONE);
				TestServer server = TestServer.silent();
				Flow flow = engine.open(server.address(), ExchangeOptions.CONNECTED,
						new FlowSettings(3, Correlation.NONE, this.numbered))) {
			CompletableFuture<FlowDatagram> silent = flow.send(0, bytes(beginning + "silence"), LONG);
			server.next();
			server.stop();
			await().until(() -> {
				FlowDatagram next = over(flow.send(key.incrementAndGet(), bytes(beginning + "refusal"), SHORT));
				return ((this.detail == Detail.KERNEL) ? next : over(silent)).outcome() instanceof Outcome.Refused;
			});
			assertThat(silent.isDone()).isEqualTo(this.detail == Detail.PORTABLE);
		}
	}

	/** The send of the second one meets the refusal of the first, and yet it leaves. */
	@Test
	void aRefusalThatTheNextSendMeetsIsNotOfThatOne() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(2, 1, this.detail.get(), DestinationRates.NONE);
				Flow flow = this.numbered.open(engine, TestServer.closedPort("127.0.0.1"))) {
			for (int i = 0; i < 20; i++) {
				// At once, on the loop's thread, so that nothing is read in between.
				CompletableFuture<CompletableFuture<FlowDatagram>> second = new CompletableFuture<>();
				int number = 2 * i;
				CompletableFuture<FlowDatagram> first = new CompletableFuture<>();
				flow.loop().execute(() -> {
					var _ = Numbered.send(flow, "datagram " + number).thenAccept(first::complete);
					second.complete(Numbered.send(flow, "datagram " + (number + 1)));
				});
				assertThat(over(first).outcome()).isInstanceOf(Outcome.Refused.class);
				assertThat(over(second.join()).outcome()).isInstanceOf(Outcome.Refused.class);
			}
		}
	}

}
