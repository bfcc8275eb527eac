package dev.udpprobe.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Targets of a file that are not taken, of which the first few are told.
 */
final class LeftOut {

	private static final int TOLD = 3;

	/** In characters. */
	private static final int MAX_LENGTH = 300;

	private final List<String> told = new ArrayList<>();

	private int places;

	private int targets;

	/**
	 * @param targets how many it is about
	 * @param clause which, and why
	 */
	void add(int targets, String clause) {
		this.targets += targets;
		this.places++;
		if (this.told.size() < TOLD) {
			this.told.add(clause.substring(0, Math.min(clause.length(), MAX_LENGTH)));
		}
	}

	/**
	 * Takes those of another, too.
	 */
	void add(LeftOut other) {
		this.targets += other.targets;
		this.places += other.places;
		other.told.stream().limit(TOLD - this.told.size()).forEach(this.told::add);
	}

	/**
	 * @return empty if there are none
	 */
	String text() {
		if (this.targets == 0) {
			return "";
		}
		return "%,d %s left out: %s%s".formatted(this.targets, (this.targets == 1) ? "target is" : "targets are",
				String.join("; ", this.told),
				(this.places > this.told.size()) ? "; and %,d more".formatted(this.places - this.told.size()) : "");
	}

}
