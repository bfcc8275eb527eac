package dev.udpprobe.monitor;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.Loop;
import dev.udpprobe.probe.Sender;

/**
 * Probes targets by schedule, and remembers what came of it. Rounds begin on the loops of the client engine, and take no thread.
 * Safe for any number of threads.
 */
public final class Monitor {

	private final ExchangeEngine engine;

	private final Rounds rounds;

	private volatile Map<String, WatchedTarget> targets = Map.of();

	private boolean started;

	/**
	 * @param sender prepares and judges; what it begins is told to its listener
	 * @param engine that rounds are in flight on; nobody else's
	 * @param clock of the host
	 * @param instance a name of this process that stays the same when it is started again
	 * @param histograms whether the round trips of each target are counted by how long they take
	 */
	public Monitor(Sender sender, ExchangeEngine engine, MonitorListener listener, InstantSource clock,
			String instance, boolean histograms) {
		this.engine = engine;
		this.rounds = new Rounds(sender, engine, listener, clock, instance, histograms);
	}

	/**
	 * Takes other targets than before. One that has the same name, address and module, and the same settings for it, keeps what is
	 * remembered of it.
	 * @param targets each with a name of its own
	 */
	public synchronized void replace(List<TargetSpec> targets) {
		Map<String, WatchedTarget> former = this.targets;
		Map<String, WatchedTarget> next = LinkedHashMap.newLinkedHashMap(targets.size());
		targets.forEach((spec) -> next.put(spec.name(), watched(spec, former.get(spec.name()))));
		this.targets = next;
		former.forEach((name, target) -> {
			if (next.get(name) != target) {
				target.stop();
			}
		});
		if (this.started) {
			next.forEach((name, target) -> {
				if (former.get(name) != target) {
					target.start();
				}
			});
		}
	}

	private WatchedTarget watched(TargetSpec spec, @Nullable WatchedTarget former) {
		if (former != null && former.spec().isLike(spec)) {
			return former;
		}
		List<Loop> loops = this.engine.loops();
		TargetMemory memory = (former != null && former.spec().asksLike(spec))
				? former.memory()
				: this.rounds.memory();
		return new WatchedTarget(spec, this.rounds, loops.get(Math.floorMod(spec.name().hashCode(), loops.size())),
				memory);
	}

	/**
	 * Has rounds begin. Each target waits for its time.
	 */
	public synchronized void start() {
		this.engine.resume();
		this.started = true;
		this.targets.values().forEach(WatchedTarget::start);
	}

	/**
	 * Has no more rounds begin, and waits for those in flight to end, which their time-outs bound.
	 */
	public synchronized void stop() {
		this.started = false;
		this.targets.values().forEach(WatchedTarget::stop);
		this.engine.drain();
	}

	/**
	 * @return all targets, in the order in which they were given
	 */
	public List<MonitoredTarget> targets() {
		return List.copyOf(this.targets.values());
	}

	public Optional<MonitoredTarget> find(String name) {
		return Optional.ofNullable(this.targets.get(name));
	}

	/**
	 * @return how many rounds there were of each kind, over all targets
	 */
	public Map<RoundResult, Long> rounds() {
		return this.rounds.results();
	}

	/**
	 * @return how late the rounds began that have ended
	 */
	public HistogramCounts lateness() {
		return this.rounds.lateness();
	}

}
