package dev.udpprobe.web;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How long Prometheus gives a probe, as blackbox_exporter reads it: less half a second, in which the answer is to arrive.
 */
final class ScrapeTimeout {

	private static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

	private static final double OFFSET_SECONDS = 0.5;

	private static final double UNSAID_SECONDS = 120;

	/** No probe may take longer, whatever the configuration says. */
	private static final double MAX_SECONDS = 3_600;

	/** As strconv.ParseFloat of Go takes it, but for hexadecimal numbers and underscores, which Prometheus does not send. */
	private static final Pattern NUMBER = Pattern
			.compile("(?i)nan|[+-]?(?:(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:e[+-]?\\d+)?|inf|infinity)");

	private ScrapeTimeout() {}

	/**
	 * The header says no time. The message is that of blackbox_exporter.
	 */
	static final class WrongTimeoutException extends RuntimeException {

		private WrongTimeoutException(String value, String why) {
			super("Failed to parse timeout from Prometheus header: strconv.ParseFloat: parsing %s: %s"
					.formatted(GoText.quoted(value), why));
		}

	}

	/**
	 * @return positive
	 * @throws WrongTimeoutException if the header says no time
	 */
	static Duration of(HttpServletRequest request) {
		String value = request.getHeader(HEADER);
		double seconds = (value == null || value.isEmpty()) ? 0 : parse(value);
		if (seconds == 0) {
			seconds = UNSAID_SECONDS;
		}
		// Of little time, the offset would leave nothing.
		double left = Math.max(seconds - OFFSET_SECONDS, seconds / 2);
		return Duration.ofNanos(Math.max(1, (long) (Math.min(left, MAX_SECONDS) * 1e9)));
	}

	private static double parse(String value) {
		if (!NUMBER.matcher(value).matches()) {
			throw new WrongTimeoutException(value, "invalid syntax");
		}
		String asJava = value.toLowerCase(Locale.ROOT).replaceFirst("inf(inity)?", "Infinity").replace("nan", "NaN");
		double seconds = Double.parseDouble(asJava);
		boolean tooLarge = Double.isInfinite(seconds) && !asJava.endsWith("Infinity");
		if (Double.isNaN(seconds) || seconds < 0 || tooLarge) {
			throw new WrongTimeoutException(value, "value out of range");
		}
		return seconds;
	}

}
