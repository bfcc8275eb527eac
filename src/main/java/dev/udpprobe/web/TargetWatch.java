package dev.udpprobe.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.probe.Addressing;

/**
 * Tells of one target, with all that is remembered of it.
 */
final class TargetWatch implements Watch {

	private static final String ROUNDS = "rounds";

	private final String name;

	private final Monitor monitor;

	private final Addressing addressing;

	private final Map<String, Object> told = new HashMap<>();

	private @Nullable CompletableFuture<Boolean> allowed;

	/** How many rounds. */
	private long toldRounds;

	TargetWatch(String name, Monitor monitor, Addressing addressing) {
		this.name = name;
		this.monitor = monitor;
		this.addressing = addressing;
	}

	@Override
	public void look(Events events) throws IOException {
		Optional<MonitoredTarget> found = this.monitor.find(this.name);
		if (found.isEmpty()) {
			events.tell("gone", Map.of("name", this.name));
			return;
		}
		MonitoredTarget target = found.get();
		if (this.allowed == null) {
			this.allowed = this.addressing.allows(target.spec().target());
		}
		Map<String, Object> now = Events
				.fields(TargetDetailsView.of(target.status(), target.history(), Watch.known(this.allowed)));
		now.remove(ROUNDS);
		Map<String, Object> changed = Events.changed(this.told, now);
		TargetHistory.NewRounds fresh = target.roundsSince(this.toldRounds, Integer.MAX_VALUE);
		this.toldRounds = fresh.count();
		if (!fresh.rounds().isEmpty()) {
			changed.put(ROUNDS, TargetDetailsView.RoundsView.of(fresh.rounds()));
		}
		if (!changed.isEmpty()) {
			events.write(Watch.TARGET, changed);
		}
	}

}
