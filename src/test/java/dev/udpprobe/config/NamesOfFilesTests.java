package dev.udpprobe.config;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.Resolvers;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitorListener;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.probe.Addressing;
import dev.udpprobe.probe.ExchangeListener;
import dev.udpprobe.probe.Questions;
import dev.udpprobe.probe.Sender;

import static org.awaitility.Awaitility.await;

class NamesOfFilesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	/** As many as there are threads for names that only requests give. */
	private static final int STRANGERS = 128;

	private final CountDownLatch released = new CountDownLatch(1);

	private List<InetAddress> lookUp(String name) {
		try {
			if (name.startsWith("slow")) {
				this.released.await();
			}
			return List.of(InetAddress.getLoopbackAddress());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aNameOfAFileDoesNotWaitForStrangersNames() {
		TargetPolicy policy = new TargetPolicy(List.of(), (_) -> false);
		try (Resolver resolver = Resolvers.of(Set.of(), Duration.ofDays(1), this::lookUp);
				ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE)) {
			Targets targets = new Targets(List.of(), null, policy, resolver);
			Sender sender = new Sender(new Questions(LibraryModules.with()), new Addressing(targets, TIMEOUT, TIMEOUT),
					engine, new ExchangeListener() {
					});
			Monitor monitor = new Monitor(sender, engine, new MonitorListener() {
			}, InstantSource.system(), "test", false);
			ConfiguredTargets configured = new ConfiguredTargets(List.of(), List.of(), Set.of(), (_) -> policy);
			for (int i = 0; i < STRANGERS; i++) {
				var _ = resolver.resolve("slow%d.example".formatted(i));
			}
			HostAndPort where = HostAndPort.of("a.example:1");
			new NamedTargets(configured, targets, resolver, monitor).replace(List.of(
					new TargetSpec(new Target("a", () -> where, null), RoundSettings.BY_HAND, Map.of(), "file")));
			await().until(() -> resolver.resolve("a.example").isDone());
			this.released.countDown();
		}
	}

}
