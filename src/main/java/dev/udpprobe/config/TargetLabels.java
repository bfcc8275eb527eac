package dev.udpprobe.config;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The labels that a target may have.
 */
final class TargetLabels {

	/** Of those, names are ours, as they are Prometheus'. */
	static final String RESERVED = "__";

	private static final int MAX = 16;

	private static final int MAX_LENGTH = 200;

	private static final Pattern NAME = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]{0,62}");

	/** What our metrics have already, and what Prometheus tells those of one instance from those of another by. */
	private static final Set<String> TAKEN = Set.of("target", "address", "module", "outcome", "state", "instance",
			"job",
			"namespace");

	private static final Pattern WRONG = Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029]");

	private TargetLabels() {}

	/**
	 * @throws IllegalArgumentException with a clause that says which is wrong, and why
	 */
	static void check(Map<String, String> labels) {
		if (labels.size() > MAX) {
			throw new IllegalArgumentException(
					"there are %d labels, and a target takes %d".formatted(labels.size(), MAX));
		}
		labels.forEach((name, value) -> {
			if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
				throw new IllegalArgumentException(
						"'%s' is no name of a label; it takes 1 to 63 letters, digits and underscores, no digit and no two underscores first, and is none of target, address, module, outcome, state, instance, job, namespace"
								.formatted(name));
			}
			if (value.length() > MAX_LENGTH || WRONG.matcher(value).find()) {
				throw new IllegalArgumentException(
						"the value of %s is not taken; it takes up to %d characters, and no control characters"
								.formatted(name, MAX_LENGTH));
			}
		});
	}

}
