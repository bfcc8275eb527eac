package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for patterns in a datagram, each byte of which is a character. For one thread.
 */
final class PatternSearch {

	/** How much of a datagram patterns see. */
	private static final int MAX_BYTES = 4_096;

	/** A step's worth: a pattern's instructions times the bytes that they look at. */
	private static final int STEP = 32;

	private final byte[] bytes;

	private final IntPredicate steps;

	private @Nullable String text;

	private @Nullable Place last;

	/**
	 * Where a pattern was found.
	 *
	 * @param from where the search began
	 */
	private record Place(Pattern pattern, int from, int end, Matcher found) {

		private boolean isFirst(Pattern sought, int begin, int limit) {
			return sought.equals(this.pattern) && limit == this.end && begin >= this.from
					&& begin <= this.found.start();
		}

	}

	/**
	 * @param steps takes as many, and says whether there are more
	 */
	PatternSearch(byte[] bytes, IntPredicate steps) {
		this.bytes = bytes;
		this.steps = steps;
	}

	/**
	 * @return where the pattern is found first from there on, or null
	 */
	@Nullable
	Matcher find(Pattern pattern, int from, int limit) {
		int end = Math.min(limit, MAX_BYTES);
		Place before = this.last;
		if (before != null && before.isFirst(pattern, from, end)) {
			return before.found();
		}
		if (from > end || !this.steps.test((end - from) * pattern.programSize() / STEP + 1)) {
			return null;
		}
		Matcher matcher = pattern.matcher(text(end));
		if (!matcher.find(from)) {
			return null;
		}
		this.last = new Place(pattern, from, end, matcher);
		return matcher;
	}

	private String text(int end) {
		String seen = this.text;
		if (seen == null || seen.length() != end) {
			var _ = this.steps.test(end / STEP);
			seen = new String(this.bytes, 0, end, StandardCharsets.ISO_8859_1);
			this.text = seen;
		}
		return seen;
	}

}
