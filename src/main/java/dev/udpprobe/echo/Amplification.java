package dev.udpprobe.echo;

import java.util.Locale;
import java.util.Optional;

import dev.udpprobe.net.PayloadLimits;

/**
 * How much more comes out than goes in, which is what a forged source gains.
 *
 * @param payload bytes of payload that come in
 * @param reply bytes of payload that go out
 */
public record Amplification(int payload, int reply) {

	/** The length of the default greeting, which makes no packet much longer. */
	private static final int SHORT_GREETING = 4;

	/**
	 * @return bytes of payload out for each in; of an empty payload, infinity or not a number
	 */
	public double ofPayload() {
		return (double) this.reply / this.payload;
	}

	/**
	 * @return bytes of IPv4 packets out for each in, while neither is fragmented
	 */
	public double ofPackets() {
		return (double) (PayloadLimits.IPV4_HEADERS + this.reply) / (PayloadLimits.IPV4_HEADERS + this.payload);
	}

	/**
	 * @param greetingLength in bytes
	 * @return what to say at start of a greeting that is longer than the default
	 */
	public static Optional<String> warning(int greetingLength) {
		if (greetingLength <= SHORT_GREETING) {
			return Optional.empty();
		}
		Amplification ofEmpty = new Amplification(0, greetingLength);
		return Optional.of(String.format(Locale.ROOT,
				"the greeting has %,d bytes, so an empty datagram, a packet of %d bytes, is answered by one of %,d "
						+ "(%.1f times as long): whoever forges its source has this server send that to somebody "
						+ "else; shorten udp-probe.echo.greeting to %d bytes or less where strangers reach it",
				greetingLength, PayloadLimits.IPV4_HEADERS, PayloadLimits.IPV4_HEADERS + greetingLength,
				ofEmpty.ofPackets(), SHORT_GREETING));
	}

}
