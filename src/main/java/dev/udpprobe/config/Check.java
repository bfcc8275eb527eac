package dev.udpprobe.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.SharedKey;

/**
 * Checks configured values. What it throws names the key, the value and what the key takes.
 */
final class Check {

	/** Longer than that, a duration has more milliseconds than a number takes. */
	private static final long LONG_DAYS = 1_000_000;

	private Check() {}

	static void range(String key, long value, long min, long max) {
		if (value < min || value > max) {
			throw wrong(key, value, "%d to %d".formatted(min, max));
		}
	}

	static void range(String key, Duration value, Duration min, Duration max) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			throw wrong(key, text(value), "a duration from %s to %s".formatted(text(min), text(max)));
		}
	}

	/**
	 * Says of a key that is not taken how long it is, or what is wrong, and never what it is.
	 * @return null for an empty one, which is none
	 */
	static @Nullable SharedKey key(String name, @Nullable SharedKey key) {
		if (key == null || key.length() == 0) {
			return null;
		}
		if (key.isReference()) {
			throw new IllegalArgumentException(name + " refers to a variable (${...}) that is not set");
		}
		range(name + " (bytes)", key.length(), 16, 1_024);
		return key;
	}

	private static String text(Duration duration) {
		if (duration.abs().compareTo(Duration.ofDays(LONG_DAYS)) > 0) {
			return duration.toString();
		}
		return (duration.toMillisPart() == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
	}

	static IllegalArgumentException wrong(String key, Object value, String takes) {
		return new IllegalArgumentException("%s is '%s'; it takes %s".formatted(key, value, takes));
	}

}
