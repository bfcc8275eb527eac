package dev.udpprobe.target;

/**
 * Ports from the first to the last, both included.
 *
 * @param first 1 to 65535
 * @param last from {@code first} to 65535
 */
record PortRange(int first, int last) {

	static final PortRange ALL = new PortRange(1, 65_535);

	PortRange {
		if (first < 1 || last > 65_535 || first > last) {
			throw new IllegalArgumentException(
					"ports %d-%d are not a range within 1 to 65535".formatted(first, last));
		}
	}

	boolean contains(int port) {
		return this.first <= port && port <= this.last;
	}

}
