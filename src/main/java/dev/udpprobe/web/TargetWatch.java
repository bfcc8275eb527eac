package dev.udpprobe.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

	private final Permission permission;

	private final Map<String, Object> told = new HashMap<>();

	private TargetHistory.@Nullable Mark toldRounds;

	private boolean gone;

	TargetWatch(String name, Monitor monitor, Addressing addressing) {
		this.name = name;
		this.monitor = monitor;
		this.permission = new Permission(addressing);
	}

	@Override
	public void look(Events events) throws IOException {
		Optional<MonitoredTarget> found = this.monitor.find(this.name);
		if (found.isPresent()) {
			this.gone = false;
			tell(found.get(), events);
		}
		else if (!this.gone) {
			this.gone = true;
			tellGone(events);
		}
	}

	private void tellGone(Events events) throws IOException {
		this.told.clear();
		this.toldRounds = null;
		events.write("gone", Map.of("name", this.name));
	}

	private void tell(MonitoredTarget target, Events events) throws IOException {
		TargetHistory.NewRounds fresh = target.roundsSince(this.toldRounds, Integer.MAX_VALUE);
		if (fresh.mark().isAnew(this.toldRounds)) {
			tellGone(events);
		}
		this.toldRounds = fresh.mark();
		Map<String, Object> now = Events.fields(TargetDetailsView.of(target.status(), target.history(), fresh.rounds(),
				this.permission.of(target.spec())));
		Object rounds = now.remove(ROUNDS);
		Map<String, Object> changed = Events.changed(this.told, now);
		if (!fresh.rounds().isEmpty()) {
			changed.put(ROUNDS, rounds);
		}
		if (!changed.isEmpty()) {
			events.write(Watch.TARGET, changed);
		}
	}

}
