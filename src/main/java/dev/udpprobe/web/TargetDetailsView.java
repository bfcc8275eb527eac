package dev.udpprobe.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.IcmpMessage;

/**
 * A target as JSON, with all that is remembered of it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TargetWithHistory")
record TargetDetailsView(TargetView target,
		@Schema(description = "What came of the last round, with the fields of the answer") @Nullable ExchangeView exchange,
		CountsView counts, RoundsView rounds,
		@Schema(description = "Of those rounds: microseconds until the answers") PingSummaryView.@Nullable RoundTripsView roundTripMicros,
		@Schema(description = "How much round trips vary (RFC 3550 6.4.1)", example = "2.5") @Nullable Double jitterMicros,
		@Schema(description = "The last changes of its state, in their order") List<ChangeView> changes,
		@Schema(description = "The last ICMP errors, in their order") List<ErrorView> errors,
		@Schema(description = "The last changes of its address, in their order") List<MoveView> moves,
		ScheduleView schedule) {

	/**
	 * Since the monitor has the target.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@Schema(name = "RoundCounts")
	record CountsView(
			@Schema(description = "How many rounds had each outcome, of those that occurred") Map<String, Long> outcomes,
			@Schema(description = "How many rounds failed, whatever their outcome", example = "0") long failed,
			@Schema(description = "How often its state changed", example = "0") long changes,
			@Schema(description = "When its state changed last") @Nullable Instant changed,
			@Schema(description = "How often its name came to have another address", example = "0") long moves,
			@Schema(description = "Where it was last", example = "127.0.0.1") @Nullable String resolved) {

		private static CountsView of(TargetStatus status) {
			Map<String, Long> outcomes = new TreeMap<>();
			status.outcomes().forEach((kind, count) -> outcomes.put(kind.label(), count));
			return new CountsView(outcomes, status.failed(), status.changes(), status.changed(),
					status.addressChanges(), AddressText.orNull(status.address()));
		}

	}

	/**
	 * The last rounds, in their order: each has one item in each of the lists.
	 */
	@Schema(name = "Rounds")
	record RoundsView(@Schema(description = "When they began, in milliseconds since 1970") List<Long> times,
			@Schema(description = "What came of them") List<String> outcomes,
			@Schema(description = "Whether that is good") List<Boolean> pass,
			@ArraySchema(schema = @Schema(types = {
					"number",
					"null"}), arraySchema = @Schema(description = "Microseconds until a datagram or an ICMP error came back; null if nothing did")) List<@Nullable Double> roundTripMicros){

		private static RoundsView of(List<TargetHistory.PastRound> rounds) {
			return new RoundsView(rounds.stream().map((round) -> round.time().toEpochMilli()).toList(),
					rounds.stream().map((round) -> round.outcome().label()).toList(),
					rounds.stream().map(TargetHistory.PastRound::pass).toList(),
					rounds.stream().<@Nullable Double>map(RoundsView::micros).toList());
		}

		private static @Nullable Double micros(TargetHistory.PastRound round) {
			return Double.isNaN(round.roundTripNanos()) ? null : PingSummaryView.micros(round.roundTripNanos());
		}

	}

	/**
	 * Another state than before.
	 */
	@Schema(name = "StateChange")
	record ChangeView(Instant time, @Schema(example = "up") String from, @Schema(example = "down") String to,
			@Schema(description = "What came of the round that turned it, in a sentence") String reason) {

		private static ChangeView of(TargetHistory.StateChange change) {
			return new ChangeView(change.time(), change.from().label(), change.to().label(),
					ReplyText.printable(change.reason()));
		}

	}

	/**
	 * An ICMP error that came back.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@Schema(name = "IcmpAt")
	record ErrorView(Instant time, @Schema(example = "3") int type, @Schema(example = "3") int code,
			@Schema(description = "What type and code mean, under one name for IPv4 and IPv6", example = "port-unreachable") String meaning,
			@Schema(description = "Who sent it", example = "10.0.0.1") @Nullable String reporter) {

		private static ErrorView of(TargetHistory.IcmpError error) {
			IcmpMessage icmp = error.message();
			return new ErrorView(error.time(), icmp.type(), icmp.code(), icmp.meaning().label(),
					AddressText.orNull(icmp.reporter()));
		}

	}

	/**
	 * The name has come to have another address.
	 */
	@Schema(name = "Move")
	record MoveView(Instant time, @Schema(example = "10.0.3.9") String from, @Schema(example = "10.0.3.10") String to) {

		private static MoveView of(TargetHistory.AddressChange change) {
			return new MoveView(change.time(), AddressText.of(change.from()), AddressText.of(change.to()));
		}

	}

	/**
	 * How it is monitored, as it is configured.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@Schema(name = "Schedule")
	record ScheduleView(@Schema(example = "10000") long intervalMillis,
			@Schema(description = "How long an answer is waited for; the module's, or client.timeout, if it is not there", example = "1000") @Nullable Long timeoutMillis,
			@Schema(description = "How many rounds in a row have to pass until a target that is down is up", example = "1") int rise,
			@Schema(description = "How many have to fail until a target that is up is down", example = "2") int fall,
			@Schema(description = "Whether each round leaves from a fresh local port, or all from one that is kept; the module's if it is not there", allowableValues = {
					"fresh", "kept"}) @Nullable String port,
			@Schema(description = "The file that names the target; not there if the configuration does") @Nullable String source){

		private static ScheduleView of(RoundSettings rounds, String source) {
			return new ScheduleView(rounds.interval().toMillis(),
					(rounds.timeout() != null) ? rounds.timeout().toMillis() : null, rounds.rise(), rounds.fall(),
					(rounds.port() != null) ? rounds.port().label() : null,
					source.isEmpty() ? null : source);
		}

	}

	static TargetDetailsView of(TargetStatus status, TargetHistory history, boolean allowed) {
		return of(status, history, history.rounds(), allowed);
	}

	/**
	 * @param rounds that are to be told
	 */
	static TargetDetailsView of(TargetStatus status, TargetHistory history, List<TargetHistory.PastRound> rounds,
			boolean allowed) {
		Double jitter = history.jitterNanos();
		return new TargetDetailsView(TargetView.of(status, allowed),
				(status.last() != null) ? ExchangeView.of(status.last().result()) : null, CountsView.of(status),
				RoundsView.of(rounds), PingSummaryView.of(history.roundTrips()),
				(jitter != null) ? PingSummaryView.micros(jitter) : null,
				history.changes().stream().map(ChangeView::of).toList(),
				history.errors().stream().map(ErrorView::of).toList(),
				history.addresses().stream().map(MoveView::of).toList(),
				ScheduleView.of(status.spec().rounds(), status.spec().source()));
	}

}
