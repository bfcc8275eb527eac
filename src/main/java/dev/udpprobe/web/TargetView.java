package dev.udpprobe.web;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.monitor.Round;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.outcome.RoundTrip;

/**
 * A target as JSON: how it is now.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Target")
record TargetView(@Schema(example = "echo") String name,
		@Schema(description = "As it is configured", example = "127.0.0.1:7007") String address,
		@Schema(description = "What its rounds say; unknown before the first one has ended, or while none can begin; by-hand if it has none", allowableValues = {
				"unknown", "up", "down", "by-hand"}) String state,
		@Schema(description = "When it came to be in this state") Instant since,
		@Schema(description = "By which module it is asked", example = "echo") @Nullable String module,
		@Schema(description = "Milliseconds from one round to the next; 0 if it is asked by hand only", example = "10000") long intervalMillis,
		@Schema(description = "What came of the last round", example = "replied") @Nullable String outcome,
		@Schema(description = "Whether what came of the last round is good", allowableValues = {
				"pass", "fail"}) @Nullable String verdict,
		@Schema(description = "What came of the last round, in a sentence") @Nullable String detail,
		@Schema(description = "Microseconds until a datagram or an ICMP error came back in the last round", example = "41.287") @Nullable Double roundTripMicros,
		@Schema(description = "Which part of the rounds was not replied to") @Nullable LossView lossRatio,
		@Schema(description = "When the last round began") @Nullable Instant lastRound,
		@Schema(description = "Whether its state changes all the time", example = "false") boolean flapping,
		@Schema(description = "Why it is not probed") @Nullable String problem, Map<String, String> labels,
		@Schema(description = "Whether it resolves within client.timeout, and may be sent to") boolean allowed){

	/**
	 * Which part of the rounds was not replied to: 0 to 1. Where there was no round, there is none.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@Schema(name = "LossRatio")
	record LossView(@Nullable Double oneMinute, @Nullable Double tenMinutes, @Nullable Double oneHour) {

		static @Nullable LossView of(TargetStatus.Loss loss) {
			LossView view = new LossView(number(loss.oneMinute()), number(loss.tenMinutes()), number(loss.oneHour()));
			return (view.oneMinute == null && view.tenMinutes == null && view.oneHour == null) ? null : view;
		}

		private static @Nullable Double number(double ratio) {
			return Double.isNaN(ratio) ? null : Double.valueOf(ratio);
		}

	}

	static TargetView of(TargetStatus status, boolean allowed) {
		TargetSpec spec = status.spec();
		Round last = status.last();
		RoundTrip roundTrip = (last != null) ? last.result().outcome().roundTrip() : null;
		return new TargetView(spec.name(), spec.target().address().toString(), status.state().label(), status.since(),
				TargetQuery.module(spec), spec.rounds().interval().toMillis(),
				(last != null) ? last.result().outcome().kind().label() : null,
				(last != null) ? verdict(last.pass()) : null,
				(last != null) ? ReplyText.printable(last.sentence()) : null,
				(roundTrip != null) ? ExchangeView.micros(roundTrip.nanos()) : null, LossView.of(status.loss()),
				(last != null) ? last.time() : null, status.flapping(), status.problem(),
				new TreeMap<>(spec.labels()), allowed);
	}

	static String verdict(boolean pass) {
		return pass ? "pass" : "fail";
	}

}
