package dev.udpprobe.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.path.Trace;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

/**
 * The last line of a trace as JSON.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TraceEnd")
record TraceEndView(@Schema(description = "The outcome at the last hop", example = "replied") String outcome,
		@Schema(description = "The same as a sentence") String detail, String target,
		@Nullable String remoteAddress,
		@Schema(description = "The one that all datagrams left from") @Nullable String localAddress,
		@Schema(description = "How many hops were asked", example = "4") int hops,
		@Schema(description = "Whether the path itself ended the trace: the target answered, or somebody said that datagrams go no further") boolean complete) {

	static TraceEndView of(SendResult result, Trace.End end) {
		ExchangeView view = ExchangeView.of(result);
		String detail = switch (end.why()) {
			case PATH, NOT_SENT -> ResultText.detail(result);
			case MAX_HOPS -> "%s was not reached within %d hops%s.".formatted(view.remoteAddress(), end.hops(),
					(end.outcome() instanceof Outcome.TimedOut) ? ", or does not answer" : "");
			case MAX_SILENT -> "%s was not reached, or does not answer: the last hops were silent."
					.formatted(view.remoteAddress());
			case CUT -> "The trace was cut short at hop %d, before the path ended.".formatted(end.hops());
		};
		return new TraceEndView(view.outcome(), detail,
				view.target(), view.remoteAddress(), view.localAddress(), end.hops(), end.why() == Trace.Why.PATH);
	}

}
