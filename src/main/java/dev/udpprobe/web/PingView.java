package dev.udpprobe.web;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.Judgement;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.Pinged;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

/**
 * A datagram of a ping as JSON.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Ping")
record PingView(@Schema(description = "The number of the datagram, from 1", example = "1") int seq,
		@Schema(description = "What came of it", example = "replied") String outcome,
		@Schema(description = "By a module: whether what came is good", allowableValues = {
				"pass", "fail"}) @Nullable String verdict,
		@Schema(description = "What came of it, in a sentence, unless it is a reply that no module judges") @Nullable String detail,
		@Schema(description = "By a module: why the answer is not good") @Nullable String reason,
		@Schema(description = "By a module: what the answer says") @Nullable Map<String, Object> fields,
		@Schema(description = "Of several flows: the number of the local port, from 1", example = "1") @Nullable Integer flow,
		@Schema(description = "The local port that it left from", example = "49152") @Nullable Integer localPort,
		@Schema(description = "Payload bytes that came back", example = "44") @Nullable Integer bytesReceived,
		@Schema(description = "Microseconds from the send to the reply or the ICMP message", example = "41.287") @Nullable Double roundTripMicros,
		@Schema(description = "Whose microseconds they are", allowableValues = {
				"kernel", "jvm"}) @Nullable String clock,
		@Schema(description = "The ICMP error that came back") ExchangeView.@Nullable IcmpView icmp,
		@Schema(description = "The numbers of datagrams that were answered again, since the line before") @Nullable List<Integer> duplicates){

	/**
	 * @param several whether there is more than one flow
	 * @param duplicated the numbers of datagrams that were answered again, from 0
	 */
	static PingView of(Pinged pinged, SendResult result, boolean several, List<Integer> duplicated) {
		Outcome outcome = pinged.outcome();
		Judgement judgement = pinged.judgement();
		RoundTrip roundTrip = outcome.roundTrip();
		boolean plain = outcome instanceof Outcome.Replied && judgement == null;
		return new PingView(pinged.number() + 1, outcome.kind().label(),
				(judgement != null) ? ExchangeView.verdict(judgement) : null,
				plain ? null : ResultText.detail(result), (judgement != null) ? judgement.reason() : null,
				(judgement != null && !judgement.fields().isEmpty()) ? FieldsView.of(judgement.fields()) : null,
				several ? pinged.flow() + 1 : null, (pinged.local() != null) ? pinged.local().getPort() : null,
				(outcome instanceof Outcome.Replied replied) ? replied.length() : null,
				(roundTrip != null) ? ExchangeView.micros(roundTrip.nanos()) : null,
				(roundTrip != null) ? roundTrip.clock().label() : null, ExchangeView.IcmpView.of(outcome.icmp()),
				duplicated.isEmpty() ? null : duplicated.stream().map((number) -> number + 1).toList());
	}

}
