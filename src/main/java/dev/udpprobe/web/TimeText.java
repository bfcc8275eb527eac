package dev.udpprobe.web;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Times as text.
 */
final class TimeText {

	/** Of one length, on the full second, too. */
	private static final DateTimeFormatter MILLIS = new DateTimeFormatterBuilder().appendInstant(3)
			.toFormatter(Locale.ROOT);

	private TimeText() {}

	private record Part(long count, String unit) {}

	static String of(Instant time) {
		return MILLIS.format(time);
	}

	/**
	 * @return as Prometheus writes it, such as 1m30s; to a millisecond
	 */
	static String of(Duration time) {
		String text = Stream
				.of(new Part(time.toDays(), "d"), new Part(time.toHoursPart(), "h"),
						new Part(time.toMinutesPart(), "m"), new Part(time.toSecondsPart(), "s"),
						new Part(time.toMillisPart(), "ms"))
				.filter((part) -> part.count() > 0)
				.map((part) -> part.count() + part.unit())
				.collect(Collectors.joining());
		return text.isEmpty() ? "0s" : text;
	}

	/**
	 * @return how long ago that was, such as 3h12m; negative is no time
	 */
	static String age(Duration time) {
		if (time.isNegative()) {
			return of(Duration.ZERO);
		}
		ChronoUnit exact = (time.toDays() > 0)
				? ChronoUnit.HOURS
				: (time.toHours() > 0) ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
		return of(time.truncatedTo(exact));
	}

}
