package dev.udpprobe.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.Addressing;

/**
 * Tells of a page of targets: which there are, and what changes of each, with its last rounds.
 */
final class TargetsWatch implements Watch {

	/** As many as a small chart has room for. */
	private static final int MAX_ROUNDS = 40;

	/** Who watches more than fits on a screen gets the list. */
	private static final int MAX_TARGETS = 200;

	/** What a round is where silence is good. */
	private static final String GOOD = "good";

	private final TargetQuery query;

	private final Monitor monitor;

	private final Addressing addressing;

	private Map<String, Row> rows = Map.of();

	/**
	 * @throws BadRequestException if a value is not taken
	 */
	TargetsWatch(Fields fields, Monitor monitor, Addressing addressing) {
		this.query = new TargetQuery(fields);
		if (fields.count(Field.LIMIT) > MAX_TARGETS) {
			throw new BadRequestException(Field.LIMIT.label(), "it takes at most %d here".formatted(MAX_TARGETS));
		}
		// What cannot be a page is refused before anything is told.
		var _ = this.query.page(List.of());
		this.monitor = monitor;
		this.addressing = addressing;
	}

	/**
	 * Which targets there are.
	 *
	 * @param total on all pages
	 * @param names of those on this page, in their order
	 */
	private record PageView(int total, List<String> names) {}

	/**
	 * What was told of a target.
	 */
	private static final class Row {

		private final Map<String, Object> told = new HashMap<>();

		private TargetHistory.@Nullable Mark toldRounds;

		private final Permission permission;

		private Row(Permission permission) {
			this.permission = permission;
		}

		/**
		 * @return what has changed, and the last rounds; all of it, if what was told before is not of this target
		 */
		private Map<String, Object> changed(MonitoredTarget target) {
			TargetHistory.NewRounds fresh = target.roundsSince(this.toldRounds, MAX_ROUNDS);
			if (fresh.mark().isAnew(this.toldRounds)) {
				this.told.clear();
			}
			this.toldRounds = fresh.mark();
			Map<String, Object> changed = Events.changed(this.told,
					Events.fields(TargetView.of(target.status(), this.permission.of(target.spec()))));
			if (!fresh.rounds().isEmpty()) {
				changed.put("rounds", fresh.rounds().stream().map(Row::round).toList());
			}
			return changed;
		}

		/**
		 * @return of one that passed microseconds, or good where nothing came back; of one that failed its outcome, or fail
		 * where that is a reply
		 */
		private static Object round(TargetHistory.PastRound round) {
			if (!round.pass()) {
				return (round.outcome() == Outcome.Kind.REPLIED) ? TargetView.verdict(false) : round.outcome().label();
			}
			return Double.isNaN(round.roundTripNanos()) ? GOOD : PingSummaryView.micros(round.roundTripNanos());
		}

	}

	@Override
	public void look(Events events) throws IOException {
		TargetQuery.Page page = this.query.page(this.monitor.targets());
		List<String> names = page.targets().stream().map((status) -> status.spec().name()).toList();
		events.tell("page", new PageView(page.total(), names));
		Map<String, Row> next = HashMap.newHashMap(names.size());
		List<Map<String, Object>> changes = new ArrayList<>();
		for (String name : names) {
			// It may be another one by now than the one whose place was looked for.
			MonitoredTarget target = this.monitor.find(name).orElse(null);
			if (target != null) {
				Row known = this.rows.get(name);
				Row row = (known != null) ? known : new Row(new Permission(this.addressing));
				next.put(name, row);
				Map<String, Object> changed = row.changed(target);
				if (!changed.isEmpty()) {
					changed.put("name", name);
					changes.add(changed);
				}
			}
		}
		this.rows = next;
		if (!changes.isEmpty()) {
			events.write(Watch.TARGETS, changes);
		}
	}

}
