package dev.udpprobe.path;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.auth.Trailer;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;

/**
 * Payloads that are told apart when ICMP quotes them, or an echo returns them.
 */
final class Payloads {

	private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong());

	private final @Nullable Signer signer;

	private int next;

	/**
	 * @param signer who signs them, or null
	 */
	Payloads(@Nullable Signer signer) {
		this.signer = signer;
	}

	/**
	 * @return the minimum length in bytes that has room for a message
	 */
	int minLength() {
		return 1 + signature();
	}

	private int signature() {
		return (this.signer != null) ? Trailer.LENGTH : 0;
	}

	/**
	 * Sends a payload that is like no other, as far as its length allows.
	 * @param length in bytes, {@link #minLength} or more
	 */
	FlowDatagram send(Flow flow, int length) {
		return send(flow, next(length - signature()));
	}

	/**
	 * Sends a message, signed where there is a signer. An echo returns the message alone.
	 */
	FlowDatagram send(Flow flow, byte[] message) {
		return (this.signer != null)
				? flow.send(this.signer.signed(message), message.length)
				: flow.send(message);
	}

	/**
	 * @return a message that is like no other, as far as its length allows
	 */
	byte[] next(int length) {
		byte[] text = "%d udp-probe %s ".formatted(this.next++, this.run).getBytes(StandardCharsets.US_ASCII);
		byte[] payload = Arrays.copyOf(text, length);
		if (length > text.length) {
			Arrays.fill(payload, text.length, length, (byte) '.');
		}
		return payload;
	}

}
