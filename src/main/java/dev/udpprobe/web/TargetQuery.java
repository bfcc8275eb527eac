package dev.udpprobe.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.Target;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.monitor.TargetStatus;

/**
 * Which targets a request wants to see, in which order, and how many at once.
 */
final class TargetQuery {

	private final @Nullable String module;

	private final Map<String, String> labels = new LinkedHashMap<>();

	private final String part;

	private final @Nullable String state;

	private final @Nullable String outcome;

	private final @Nullable String sort;

	private final Fields fields;

	/**
	 * @throws BadRequestException if a value is not taken
	 */
	TargetQuery(Fields fields) {
		this.fields = fields;
		this.module = fields.text(Field.MODULE_OF_TARGET);
		fields.given().getOrDefault(Field.LABEL_OF_TARGET, List.of()).forEach(this::addLabel);
		String given = fields.text(Field.PART_OF_NAME);
		this.part = (given != null) ? given.toLowerCase(Locale.ROOT) : "";
		this.state = fields.choice(Field.STATE);
		this.outcome = fields.choice(Field.OUTCOME);
		this.sort = fields.choice(Field.SORT);
	}

	/**
	 * A page of targets.
	 *
	 * @param total how many there are on all pages
	 * @param links to the other pages
	 */
	record Page(List<TargetStatus> targets, int total, PageLinks links) {}

	/**
	 * A target whose status is looked at once, and only if somebody asks.
	 */
	private static final class Found {

		private final MonitoredTarget target;

		private @Nullable TargetStatus status;

		Found(MonitoredTarget target) {
			this.target = target;
		}

		TargetStatus status() {
			TargetStatus known = this.status;
			if (known == null) {
				known = this.target.status();
				this.status = known;
			}
			return known;
		}

	}

	private void addLabel(String label) {
		int equals = label.indexOf('=');
		if (equals < 1) {
			throw new BadRequestException(Field.LABEL_OF_TARGET.label(),
					"'%s' is not name=value".formatted(label));
		}
		String value = label.substring(equals + 1);
		String other = this.labels.putIfAbsent(label.substring(0, equals), value);
		if (other != null && !other.equals(value)) {
			throw new BadRequestException(Field.LABEL_OF_TARGET.label(),
					"'%s' cannot be: no label has two values".formatted(label));
		}
	}

	/**
	 * @return whether the target is wanted, as it is configured
	 */
	boolean wants(TargetSpec spec) {
		return (this.module == null || this.module.equals(module(spec)))
				&& this.labels.entrySet().stream().allMatch(
						(label) -> spec.labels().getOrDefault(label.getKey(), "").equals(label.getValue()))
				&& (this.part.isEmpty() || Stream.of(spec.name(), spec.target().address().toString())
						.anyMatch((text) -> text.toLowerCase(Locale.ROOT).contains(this.part)));
	}

	static @Nullable String module(TargetSpec spec) {
		Target.Asks asks = spec.target().asks();
		return (asks != null) ? asks.module() : null;
	}

	/**
	 * @param all in the order of the configuration
	 * @throws BadRequestException if there cannot be such a page
	 */
	Page page(List<MonitoredTarget> all) {
		int offset = this.fields.count(Field.OFFSET);
		int limit = this.fields.count(Field.LIMIT);
		Stream<Found> some = all.stream().filter((target) -> wants(target.spec())).map(Found::new)
				.filter((found) -> this.state == null || found.status().state().label().equals(this.state))
				.filter((found) -> this.outcome == null || this.outcome.equals(outcome(found.status())));
		if (this.sort != null) {
			var order = TargetSort.of(this.sort);
			some = some.sorted((one, other) -> order.compare(one.status(), other.status()));
		}
		List<Found> found = some.toList();
		List<TargetStatus> targets = found.stream().skip(offset).limit(limit).map(Found::status).toList();
		return new Page(targets, found.size(), new PageLinks(this.fields, offset, limit, found.size()));
	}

	private static @Nullable String outcome(TargetStatus status) {
		return (status.last() != null) ? status.last().result().outcome().kind().label() : null;
	}

}
