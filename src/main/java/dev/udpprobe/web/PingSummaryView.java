package dev.udpprobe.web;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.probe.PingSummary;
import dev.udpprobe.probe.RoundTrips;

/**
 * The last line of a ping as JSON.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PingSummary")
record PingSummaryView(@Schema(description = "Datagrams that left", example = "4") int sent,
		@Schema(description = "Datagrams that were answered in time", example = "4") int received,
		@Schema(description = "The others of those that left", example = "0") int lost,
		@Schema(description = "Further answers to datagrams that were answered", example = "0") long duplicates,
		@Schema(description = "Answers in time that came after the answer to a later datagram from the same port", example = "0") int reordered,
		@Schema(description = "Answers that came after the time-out of their datagram", example = "0") long late,
		@Schema(description = "Datagrams that were refused", example = "0") int refused,
		@Schema(description = "By a module: answers that are not good", example = "0") @Nullable Integer failed,
		@Schema(description = "Microseconds until the answers in time") @Nullable RoundTripsView roundTripMicros,
		@Schema(description = "How much round trips vary (RFC 3550 6.4.1)", example = "2.5") @Nullable Double jitterMicros,
		@Schema(description = "Datagrams that came and answer none that was sent", example = "0") long strays,
		@Schema(description = "How many datagrams had each outcome") Map<String, Integer> outcomes,
		@Schema(description = "Milliseconds from the first datagram to the end", example = "3001") long elapsedMillis,
		@Schema(description = "Of several flows: what came of each") @Nullable List<FlowView> flows) {

	/**
	 * Of all answers in time.
	 */
	@Schema(name = "RoundTrips")
	record RoundTripsView(double min, double mean, double median, double p95, double p99, double max) {}

	/**
	 * Of one local port.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@Schema(name = "PingFlow")
	record FlowView(@Schema(example = "1") int flow, @Schema(example = "49152") int localPort,
			@Schema(example = "4") int sent, @Schema(example = "4") int received, @Schema(example = "0") int lost,
			@Schema(example = "0") int refused,
			@Schema(description = "Microseconds until the answers in time") @Nullable RangeView roundTripMicros) {}

	/**
	 * Of few answers.
	 */
	@Schema(name = "RoundTripRange")
	record RangeView(double min, double mean, double max) {}

	static PingSummaryView of(PingSummary summary) {
		Map<String, Integer> outcomes = new TreeMap<>();
		summary.outcomes().forEach((kind, count) -> outcomes.put(kind.label(), count));
		List<PingSummary.OfFlow> flows = summary.flows();
		return new PingSummaryView(summary.sent(), summary.received(), summary.lost(), summary.others().duplicates(),
				summary.reordered(), summary.others().late(), summary.refused(), summary.failed(),
				of(summary.roundTrips()),
				(summary.jitterNanos() != null) ? micros(summary.jitterNanos()) : null, summary.others().strays(),
				outcomes, summary.elapsed().toMillis(), flows.isEmpty() ? null : of(flows));
	}

	private static List<FlowView> of(List<PingSummary.OfFlow> flows) {
		FlowView[] views = new FlowView[flows.size()];
		for (int i = 0; i < views.length; i++) {
			PingSummary.OfFlow flow = flows.get(i);
			RoundTrips times = flow.roundTrips();
			views[i] = new FlowView(i + 1, flow.localPort(), flow.sent(), flow.received(), flow.lost(), flow.refused(),
					(times != null)
							? new RangeView(ExchangeView.micros(times.min()), micros(times.mean()),
									ExchangeView.micros(times.max()))
							: null);
		}
		return List.of(views);
	}

	static @Nullable RoundTripsView of(@Nullable RoundTrips times) {
		return (times != null)
				? new RoundTripsView(ExchangeView.micros(times.min()), micros(times.mean()),
						ExchangeView.micros(times.median()),
						ExchangeView.micros(times.p95()), ExchangeView.micros(times.p99()),
						ExchangeView.micros(times.max()))
				: null;
	}

	/**
	 * @return microseconds with three decimals
	 */
	static double micros(double nanos) {
		return Math.round(nanos) / 1e3;
	}

}
