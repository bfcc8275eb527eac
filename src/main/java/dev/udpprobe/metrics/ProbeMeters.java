package dev.udpprobe.metrics;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Gauge;

import dev.udpprobe.module.Reloading;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.ProbeListener;

/**
 * The meters of probes, and of the modules that they ask by. Probes of a kind that never was have none.
 */
final class ProbeMeters implements ProbeListener {

	private final MeterRegistry registry;

	private final Counter unknownModule;

	private final ConcurrentMap<Kind, Counter> probes = new ConcurrentHashMap<>();

	private record Kind(String module, Outcome.Kind outcome, boolean success) {}

	ProbeMeters(MeterRegistry registry, Reloading modules) {
		this.registry = registry;
		this.unknownModule = Counter.builder(UdpMeters.PROBE_UNKNOWN_MODULE.getName())
				.description(UdpMeters.PROBE_UNKNOWN_MODULE.description())
				.register(registry);
		Gauge.builder(UdpMeters.RELOAD_SUCCESSFUL.getName(), modules, (all) -> all.lastSuccessful() ? 1 : 0)
				.description(UdpMeters.RELOAD_SUCCESSFUL.description())
				.register(registry);
		Gauge.builder(UdpMeters.RELOAD_TIME.getName(), modules, (all) -> all.lastSuccess().toEpochMilli() / 1e3)
				.description(UdpMeters.RELOAD_TIME.description())
				.register(registry);
	}

	@Override
	public void probed(String module, Outcome.Kind outcome, boolean success) {
		this.probes.computeIfAbsent(new Kind(module, outcome, success), this::counter).increment();
	}

	private Counter counter(Kind kind) {
		return Counter.builder(UdpMeters.PROBES.getName())
				.description(UdpMeters.PROBES.description())
				.tag(UdpMeters.MODULE, kind.module())
				.tag(UdpMeters.OUTCOME, kind.outcome().label())
				.tag(UdpMeters.VERDICT, kind.success() ? "pass" : "fail")
				.register(this.registry);
	}

	@Override
	public void unknownModule() {
		this.unknownModule.increment();
	}

}
