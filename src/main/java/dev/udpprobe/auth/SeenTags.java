package dev.udpprobe.auth;

/**
 * The tags of the last datagrams, in a table of fixed size. A datagram counts as seen if
 * one with the same tag came before. Of each tag 79 bits are compared, so two tags that
 * differ look the same with a chance of 1 in 2^79. A tag is forgotten when eight others
 * have come to its slot. Tags are as good as random, so at R genuine datagrams a second a
 * tag of T seconds ago is forgotten with the chance that a Poisson variable of mean
 * R * T / 32,768 is 8 or more:
 * with T = 30, below 1 in 100,000 at R = 1,000, 1 in 100 at 3,000, and one in two at 8,400.
 *
 * <p>
 * Takes 2 MiB and no more. Safe for any number of threads.
 */
final class SeenTags {

	/** What one cache line holds: looking at all of them costs as much as at one. */
	static final int WAYS = 8;

	static final int SLOTS = 1 << 15;

	private final long[] tags = new long[SLOTS * WAYS];

	/**
	 * Notes a tag.
	 * @param high its first 8 bytes
	 * @param low its last 8 bytes
	 * @return whether it is new
	 */
	synchronized boolean add(long high, long low) {
		int start = (int) (low & (SLOTS - 1)) * WAYS;
		for (int i = start; i < start + WAYS; i++) {
			if (this.tags[i] == high) {
				return false;
			}
		}
		// The latest first, and the eldest drops out.
		System.arraycopy(this.tags, start, this.tags, start + 1, WAYS - 1);
		this.tags[start] = high;
		return true;
	}

}
