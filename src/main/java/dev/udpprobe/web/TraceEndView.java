package dev.udpprobe.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

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
		@Schema(description = "How many hops were asked", example = "4") int hops) {

	static TraceEndView of(SendResult result, int hops) {
		ExchangeView view = ExchangeView.of(result);
		return new TraceEndView(view.outcome(), OutcomeText.detail(result), view.target(), view.remoteAddress(),
				view.localAddress(), hops);
	}

}
