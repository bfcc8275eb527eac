package dev.udpprobe.web;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetFiles;

/**
 * Tells of the service as a whole: once what it is, and each time how many targets are in which state, so that whoever hears nothing
 * knows that the stream has ended.
 */
final class ServiceWatch implements Watch {

	private final ServiceInfo service;

	private final Monitor monitor;

	private final TargetFiles files;

	ServiceWatch(ServiceInfo service, Monitor monitor, TargetFiles files) {
		this.service = service;
		this.monitor = monitor;
		this.files = files;
	}

	/**
	 * How many targets are in which state.
	 *
	 * @param wrongFiles how many files of targets are wrong
	 */
	private record SummaryView(Instant time, int targets, int up, int down, int unknown, int byHand, int wrongFiles) {}

	@Override
	public void look(Events events) throws IOException {
		events.tell("service", this.service.view());
		Map<State, Integer> states = new EnumMap<>(State.class);
		for (MonitoredTarget target : this.monitor.targets()) {
			states.merge(target.state(), 1, Integer::sum);
		}
		events.write("summary",
				new SummaryView(Instant.now(), states.values().stream().mapToInt(Integer::intValue).sum(),
						states.getOrDefault(State.UP, 0), states.getOrDefault(State.DOWN, 0),
						states.getOrDefault(State.UNKNOWN, 0), states.getOrDefault(State.BY_HAND, 0),
						this.files.wrong()));
	}

}
