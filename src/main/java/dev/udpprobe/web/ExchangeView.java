package dev.udpprobe.web;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Outcome;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.target.Target;

/**
 * An exchange as JSON. A problem has the same fields beside its own.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Exchange")
record ExchangeView(@Schema(description = "What came of it", example = "replied") String outcome,
		@Schema(description = "A configured name, or host:port", example = "echo") String target,
		@Schema(description = "The address that was sent to", example = "127.0.0.1:7007") @Nullable String remoteAddress,
		@Schema(description = "The address that the datagram left from", example = "127.0.0.1:49152") @Nullable String localAddress,
		@Schema(description = "Payload bytes that left", example = "5") int bytesSent,
		@Schema(description = "Payload bytes that came back", example = "9") int bytesReceived,
		@Schema(description = "The reply, where it is UTF-8", example = "Hi, hello") @Nullable String reply,
		@Schema(description = "The reply, where it is not UTF-8") @Nullable String replyBase64,
		@Schema(description = "Whose reply it is, where it is not the target's") @Nullable String repliedBy,
		@Schema(description = "Microseconds from the send to the reply or the ICMP message", example = "212") @Nullable Long roundTripMicros) {

	static ExchangeView of(SendResult result) {
		Outcome outcome = result.outcome();
		byte[] reply = null;
		InetSocketAddress repliedBy = null;
		if (outcome instanceof Outcome.Replied replied) {
			reply = replied.reply();
		}
		else if (outcome instanceof Outcome.Misaddressed misaddressed) {
			reply = misaddressed.reply();
			repliedBy = misaddressed.from();
		}
		String text = (reply != null) ? utf8(reply) : null;
		return new ExchangeView(outcome.kind().label(), name(result.target()), text(result.remote()),
				text(result.local()), result.bytesSent(), (reply != null) ? reply.length : 0, text,
				(reply != null && text == null) ? Base64.getEncoder().encodeToString(reply) : null, text(repliedBy),
				(outcome instanceof Outcome.Answered answered)
						? TimeUnit.NANOSECONDS.toMicros(answered.roundTripNanos())
						: null);
	}

	static String name(Target target) {
		return target.name().equals(Target.AD_HOC) ? target.address().toString() : target.name();
	}

	static @Nullable String text(@Nullable InetSocketAddress address) {
		if (address == null) {
			return null;
		}
		String host = address.getAddress().getHostAddress();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

	private static @Nullable String utf8(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException _) {
			return null;
		}
	}

}
