package dev.udpprobe.web;

import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.ProbeLog;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

/**
 * An exchange as JSON. A problem has the same fields beside its own.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Exchange")
record ExchangeView(@Schema(description = "What came of it", example = "replied") String outcome,
		@Schema(description = "By a module: whether what came is good", allowableValues = {
				"pass", "fail"}) @Nullable String verdict,
		@Schema(description = "By a module: what came of it, in a sentence") @Nullable String detail,
		@Schema(description = "By a module: why the answer is not good") @Nullable String reason,
		@Schema(description = "The name of the module", example = "dns") @Nullable String module,
		@Schema(description = "By a module: what the answer says") @Nullable Map<String, Object> fields,
		@Schema(description = "A configured name, or host:port", example = "echo") String target,
		@Schema(description = "The address that was sent to", example = "127.0.0.1:7007") @Nullable String remoteAddress,
		@Schema(description = "The address that the datagram left from", example = "127.0.0.1:49152") @Nullable String localAddress,
		@Schema(description = "By a module: how many datagrams were sent, but for those that an answer asked for", example = "1") @Nullable Integer tries,
		@Schema(description = "By a module: how many datagrams came that were no answer", example = "0") @Nullable Integer strays,
		@Schema(description = "Payload bytes that left, with those that sign the message", example = "5") int bytesSent,
		@Schema(description = "Payload bytes that came back", example = "9") int bytesReceived,
		@Schema(description = "The reply, where it is UTF-8", example = "Hi, hello") @Nullable String reply,
		@Schema(description = "The reply, where it is not UTF-8") @Nullable String replyBase64,
		@Schema(description = "Whose reply it is, where it is not the target's") @Nullable String repliedBy,
		@Schema(description = "Microseconds from the send to the reply or the ICMP message", example = "41.287") @Nullable Double roundTripMicros,
		@Schema(description = "Whose microseconds they are", allowableValues = {
				"kernel", "jvm"}) @Nullable String clock,
		@Schema(description = "Microseconds that the JVM cost on top of the kernel's round trip", example = "63.105") @Nullable Double overheadMicros,
		@Schema(description = "The ICMP error that came back") @Nullable IcmpView icmp,
		@Schema(description = "With too-big, where known: the longest packet that the path takes, with all headers", example = "1400") @Nullable Integer pathMtu,
		@Schema(description = "With datagrams=true: what left and came, in order") @Nullable List<DatagramView> datagrams){

	/**
	 * A datagram that left or came.
	 */
	@Schema(name = "Datagram")
	record DatagramView(
			@Schema(description = "Whether it was sent, or came as the answer, a part of it, or no answer", allowableValues = {
					"sent", "answer", "part", "stray"}) String what,
			@Schema(description = "Microseconds since the request was read, by the clock of the JVM", example = "41.287") double afterMicros,
			@Schema(description = "How long its payload is", example = "9") int bytes,
			@Schema(description = "The first 256 bytes of its payload, without what is secret", example = "SGksIGhlbGxv") String base64){

		private static DatagramView of(ProbeLog.Entry entry) {
			return new DatagramView(entry.what().label(), micros(entry.after().toNanos()), entry.length(),
					Base64.getEncoder().encodeToString(entry.beginning()));
		}

	}

	/**
	 * An ICMP error.
	 */
	@Schema(name = "Icmp")
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record IcmpView(@Schema(example = "3") int type, @Schema(example = "1") int code,
			@Schema(description = "What type and code mean, under one name for IPv4 and IPv6", example = "host-unreachable") String meaning,
			@Schema(description = "Who sent it", example = "10.0.0.1") @Nullable String reporter) {

		static @Nullable IcmpView of(@Nullable IcmpMessage icmp) {
			return (icmp != null)
					? new IcmpView(icmp.type(), icmp.code(), icmp.meaning().label(),
							AddressText.orNull(icmp.reporter()))
					: null;
		}

	}

	static ExchangeView of(SendResult result) {
		return of(result, null);
	}

	/**
	 * @param log of the datagrams that are to be told; null if none are
	 */
	static ExchangeView of(SendResult result, @Nullable ProbeLog log) {
		Exchange exchange = result.exchange();
		Outcome outcome = exchange.outcome();
		byte[] reply = null;
		int length = 0;
		InetSocketAddress repliedBy = null;
		switch (outcome) {
			case Outcome.Replied replied -> {
				reply = replied.reply();
				length = replied.length();
				repliedBy = replied.from();
			}
			case Outcome.Misaddressed misaddressed -> {
				reply = misaddressed.reply();
				length = misaddressed.length();
				repliedBy = misaddressed.from();
			}
			case Outcome.Mismatched mismatched -> {
				reply = mismatched.reply();
				length = mismatched.length();
				repliedBy = mismatched.from();
			}
			default -> {
			}
		}
		// Who keeps many keeps no long ones.
		reply = (reply != null && reply.length == length) ? result.shown(reply) : null;
		String text = (reply != null) ? ReplyText.utf8(reply) : null;
		RoundTrip roundTrip = outcome.roundTrip();
		SendResult.Judged judged = result.judged();
		return new ExchangeView(outcome.kind().label(), (judged != null) ? verdict(judged.judgement()) : null,
				// A problem has it as its own.
				(judged != null && outcome instanceof Outcome.Replied) ? ResultText.detail(result) : null,
				(judged != null) ? judged.judgement().reason() : null,
				(judged != null) ? judged.request().module().name() : null,
				(judged != null) ? FieldsView.of(judged.judgement().fields()) : null, ResultText.name(result.target()),
				AddressText.orNull(exchange.remote()),
				AddressText.orNull(exchange.local()), (judged != null) ? judged.tries() : null,
				(judged != null) ? exchange.strays() : null, exchange.bytesSent(), length,
				text,
				(reply != null && text == null) ? Base64.getEncoder().encodeToString(reply) : null,
				AddressText.orNull(repliedBy),
				(roundTrip != null) ? micros(roundTrip.nanos()) : null,
				(roundTrip != null) ? roundTrip.clock().label() : null,
				(roundTrip != null && roundTrip.clock() == RoundTrip.Clock.KERNEL)
						? micros(roundTrip.overheadNanos())
						: null,
				IcmpView.of(outcome.icmp()),
				(outcome instanceof Outcome.TooBig tooBig && tooBig.pathMtu() != 0) ? tooBig.pathMtu() : null,
				(log != null) ? log.entries().stream().map(DatagramView::of).toList() : null);
	}

	static String verdict(Judgement judgement) {
		return judgement.pass() ? "pass" : "fail";
	}

	static double micros(long nanos) {
		return nanos / 1e3;
	}

}
