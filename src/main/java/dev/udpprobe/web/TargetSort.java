package dev.udpprobe.web;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.udpprobe.monitor.Round;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.net.Labelled;
import dev.udpprobe.outcome.RoundTrip;

/**
 * What targets may be sorted by. What has no such value stands last in both directions.
 */
@SuppressWarnings("ImmutableEnumChecker") // It knows no immutable functions.
enum TargetSort implements Labelled {

	NAME((_) -> 0),

	/** What is down stands first, and what is up last. What has no rounds has no state. */
	STATE((status) -> (status.state() != State.BY_HAND)
			? List.of(State.DOWN, State.UNKNOWN, State.UP).indexOf(status.state())
			: Double.NaN),

	/** The same, and of two that are alike stands first what flaps, or has lost more in ten minutes. */
	WORST((status) -> STATE.key.applyAsDouble(status) - (status.flapping() ? 0.9 : lossOfTenMinutes(status) / 2)),

	SINCE((status) -> status.since().toEpochMilli()),

	/** Of ten minutes. */
	LOSS((status) -> status.loss().tenMinutes()),

	ROUND_TRIP(TargetSort::roundTrip),

	LAST((status) -> (status.last() != null) ? status.last().time().toEpochMilli() : Double.NaN);

	/** What a request may say. */
	static final List<String> LABELS = Stream.of(values())
			.flatMap((sort) -> Stream.of(sort.label(), "-" + sort.label()))
			.toList();

	private final ToDoubleFunction<TargetStatus> key;

	TargetSort(ToDoubleFunction<TargetStatus> key) {
		this.key = key;
	}

	/**
	 * @param label one of {@link #LABELS}
	 */
	static Comparator<TargetStatus> of(String label) {
		boolean reversed = label.startsWith("-");
		String wanted = reversed ? label.substring(1) : label;
		TargetSort sort = Stream.of(values()).filter((one) -> one.label().equals(wanted)).findFirst().orElseThrow();
		if (sort == NAME) {
			Comparator<TargetStatus> byName = Comparator.comparing((status) -> status.spec().name());
			return reversed ? byName.reversed() : byName;
		}
		// Of what is not a number, the negative is none either, and greater than all numbers.
		return Comparator.comparingDouble((status) -> (reversed ? -1 : 1) * sort.key.applyAsDouble(status));
	}

	/**
	 * @return in whole percents, so that nothing changes its place for little
	 */
	private static double lossOfTenMinutes(TargetStatus status) {
		double loss = status.loss().tenMinutes();
		return Double.isNaN(loss) ? 0 : Math.round(loss * 100) / 1e2;
	}

	private static double roundTrip(TargetStatus status) {
		Round last = status.last();
		RoundTrip roundTrip = (last != null) ? last.result().outcome().roundTrip() : null;
		return (roundTrip != null) ? roundTrip.nanos() : Double.NaN;
	}

}
