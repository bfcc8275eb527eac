package dev.udpprobe.path;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Payloads that are told apart when ICMP quotes them, or an echo returns them.
 */
final class Payloads {

	private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong());

	private int next;

	/**
	 * @return a payload that is like no other, as far as its length allows
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
