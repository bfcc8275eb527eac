package dev.udpprobe.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.SendResult;

import static org.assertj.core.api.Assertions.assertThat;

class ClientMetersTests {

	private static final int THREADS = 16;

	private final ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final Target dns = target("dns");

	private final ClientMeters meters = new ClientMeters(this.registry, this.engine, List.of(this.dns, target("ntp")));

	private static Target target(String name) {
		return new Target(name, () -> new HostAndPort("127.0.0.1", 7), null);
	}

	@AfterEach
	void close() {
		this.engine.close();
		this.registry.close();
	}

	@Test
	void theClientIsAliveUntilItsThreadsHaveEnded() {
		assertThat(this.registry.scrape()).contains("udp_client_alive 1.0");
		this.engine.close();
		assertThat(this.registry.scrape()).contains("udp_client_alive 0.0");
	}

	@Test
	void anIcmpErrorOfANamedTargetHasASeriesFromTheFirstOn() {
		assertThat(icmpErrors("ad-hoc")).hasSize(IcmpMeaning.values().length);
		assertThat(icmpErrors("dns")).isEmpty();
		this.meters.exchanged(reported(IcmpMeaning.FILTERED));
		assertThat(icmpErrors("dns")).containsExactly(sample("dns", IcmpMeaning.FILTERED, 1));
		this.meters.exchanged(reported(IcmpMeaning.FILTERED));
		this.meters.exchanged(reported(IcmpMeaning.PORT_UNREACHABLE));
		assertThat(icmpErrors("dns")).containsExactlyInAnyOrder(sample("dns", IcmpMeaning.FILTERED, 2),
				sample("dns", IcmpMeaning.PORT_UNREACHABLE, 1));
		assertThat(icmpErrors("ntp")).isEmpty();
	}

	@Test
	void manyThreadsThatMeetAnIcmpErrorFirstShareItsSeries() throws Exception {
		CyclicBarrier together = new CyclicBarrier(THREADS);
		List<Future<?>> done = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			for (int i = 0; i < THREADS; i++) {
				done.add(threads.submit(() -> {
					for (IcmpMeaning meaning : IcmpMeaning.values()) {
						together.await(20, TimeUnit.SECONDS);
						this.meters.exchanged(reported(meaning));
					}
					return null;
				}));
			}
		}
		for (Future<?> thread : done) {
			thread.get();
		}
		assertThat(icmpErrors("dns")).containsExactlyInAnyOrderElementsOf(
				Stream.of(IcmpMeaning.values()).map((meaning) -> sample("dns", meaning, THREADS)).toList());
	}

	private SendResult reported(IcmpMeaning meaning) {
		IcmpMessage message = new IcmpMessage(0, 0, meaning, null);
		return new SendResult(this.dns, Duration.ZERO,
				Exchange.unsent(null, new Outcome.Unreachable("reported", message, RoundTrip.jvm(1))));
	}

	private static String sample(String target, IcmpMeaning meaning, int value) {
		return "udp_client_icmp_errors_total{code=\"%s\",target=\"%s\",type=\"%s\"} %d.0".formatted(meaning.label(),
				target, meaning.kind().label(), value);
	}

	private List<String> icmpErrors(String target) {
		return this.registry.scrape()
				.lines()
				.filter((line) -> line.startsWith("udp_client_icmp_errors_total{")
						&& line.contains("target=\"%s\"".formatted(target)))
				.toList();
	}

}
