package dev.udpprobe.module;

import java.util.List;

/**
 * Parts of a datagram, one after the other.
 *
 * @param toEnd whether nothing may follow them
 */
record Sequence(List<Part> parts, boolean toEnd) {

	/**
	 * Compares what comes next, and passes it.
	 */
	boolean match(Match in) {
		return match(in, 0);
	}

	private boolean match(Match in, int first) {
		for (int i = first; i < this.parts.size(); i++) {
			Part part = this.parts.get(i);
			if (part instanceof Part.Skip) {
				return skip(in, i + 1);
			}
			if (!in.step() || !part.match(in)) {
				return false;
			}
		}
		return !this.toEnd || in.isAtEnd();
	}

	/**
	 * Tries the rest at each place from here on.
	 */
	private boolean skip(Match in, int next) {
		if (next == this.parts.size()) {
			in.at(in.limit());
			return true;
		}
		Part part = this.parts.get(next);
		Match.Mark start = in.mark();
		for (int at = part.seek(in, start.at()); at >= 0; at = part.seek(in, at + 1)) {
			in.at(at);
			if (match(in, next)) {
				return true;
			}
			in.reset(start);
			if (!in.step()) {
				return false;
			}
		}
		return false;
	}

}
