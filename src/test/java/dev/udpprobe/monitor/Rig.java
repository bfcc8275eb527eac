package dev.udpprobe.monitor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.Resolvers;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.module.Modules;
import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.probe.Addressing;
import dev.udpprobe.probe.ExchangeListener;
import dev.udpprobe.probe.Questions;
import dev.udpprobe.probe.Sender;

/**
 * A monitor on an engine of its own, and what it tells.
 */
final class Rig implements AutoCloseable {

	static final Duration INTERVAL = Duration.ofMillis(100);

	/** So long that no round is lost to a pause of this JVM. */
	static final Duration CALM = Duration.ofMillis(500);

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	final Queue<String> told = new ConcurrentLinkedQueue<>();

	final ExchangeEngine engine;

	final ExchangeEngine beside;

	final Modules modules;

	final Sender sender;

	final Monitor monitor;

	private final Resolver resolver;

	/**
	 * Of targets that are addresses.
	 */
	Rig() {
		this(InstantSource.system(), Resolvers.of(Set.of(), Duration.ZERO, (_) -> List.of()), 100);
	}

	Rig(InstantSource clock, Resolver resolver, int maxInFlight) {
		this(clock, resolver, maxInFlight, DestinationRates.NONE);
	}

	Rig(InstantSource clock, Resolver resolver, int maxInFlight, DestinationRates rates) {
		this.engine = new ExchangeEngine(100, 1, KernelDetail.find(), rates);
		this.resolver = resolver;
		this.modules = new Modules(Map.of("once", once()), TIMEOUT);
		this.beside = this.engine.beside(maxInFlight);
		TargetPolicy policy = new TargetPolicy(List.of(TargetRule.of("127.0.0.0/8")), (_) -> false);
		this.sender = new Sender(new Questions(this.modules),
				new Addressing(new Targets(List.of(), null, policy, resolver), TIMEOUT, TIMEOUT), this.beside,
				new ExchangeListener() {
				});
		this.monitor = new Monitor(this.sender, this.beside, listener(), clock, "test", true);
	}

	/** What an echo answers, without a second try. */
	static ModuleSpec once() {
		return new ModuleSpec(null, null, null, null, null, null, "'probe ' {id:letters 16}", "'probe ' {id}", null,
				null,
				null,
				null, null, null, null, List.of(TIMEOUT), null, null);
	}

	private MonitorListener listener() {
		return new MonitorListener() {

			@Override
			public void changed(TargetSpec target, TargetHistory.StateChange change, int rounds) {
				Rig.this.told.add("%s %s->%s %d: %s".formatted(target.name(), change.from().label(),
						change.to().label(), rounds, change.reason()));
			}

			@Override
			public void flapping(TargetSpec target, boolean flapping, State now) {
				Rig.this.told.add("%s flapping %s".formatted(target.name(), flapping));
			}

			@Override
			public void moved(TargetSpec target, TargetHistory.AddressChange change) {
				Rig.this.told.add("%s %s->%s".formatted(target.name(), change.from().getHostAddress(),
						change.to().getHostAddress()));
			}

			@Override
			public void cannotBegin(TargetSpec target, String problem, @Nullable Throwable cause) {
				Rig.this.told.add("%s cannot begin: %s".formatted(target.name(), problem));
			}

		};
	}

	static RoundSettings every(Duration interval) {
		return new RoundSettings(interval, null, 1, 2, null);
	}

	static TargetSpec target(String name, String address, RoundSettings rounds) {
		return target(name, address, "once", rounds);
	}

	static TargetSpec target(String name, String address, String module, RoundSettings rounds) {
		HostAndPort where = HostAndPort.of(address);
		return new TargetSpec(new Target(name, () -> where, null, new Target.Asks(module, Map.of())), rounds, Map.of(),
				"");
	}

	/**
	 * Begins with these targets.
	 */
	Rig watching(TargetSpec... targets) {
		this.monitor.replace(List.of(targets));
		this.monitor.start();
		return this;
	}

	TargetStatus status(String name) {
		return this.monitor.find(name).orElseThrow().status();
	}

	State state(String name) {
		return status(name).state();
	}

	long rounds(String name) {
		return status(name).outcomes().values().stream().mapToLong(Long::longValue).sum();
	}

	@Override
	public void close() {
		this.monitor.stop();
		this.engine.close();
		this.resolver.close();
	}

}
