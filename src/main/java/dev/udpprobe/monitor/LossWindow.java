package dev.udpprobe.monitor;

import java.util.Arrays;

/**
 * How many rounds of the last hour were not replied to. For one thread at a time.
 */
final class LossWindow {

	static final long BUCKET_MILLIS = 10_000;

	private static final int BUCKETS = 360;

	/** No interval is so short that there are more than a byte holds. */
	private final byte[] rounds = new byte[BUCKETS];

	private final byte[] lost = new byte[BUCKETS];

	/** The number of the bucket that is filled now, since the beginning of time. */
	private long current;

	/**
	 * @param nowMillis of a clock that nobody sets
	 */
	LossWindow(long nowMillis) {
		this.current = Math.floorDiv(nowMillis, BUCKET_MILLIS);
	}

	void add(boolean replied, long nowMillis) {
		turnTo(nowMillis);
		int index = index(0);
		this.rounds[index]++;
		this.lost[index] += (byte) (replied ? 0 : 1);
	}

	TargetStatus.Loss loss(long nowMillis) {
		turnTo(nowMillis);
		Tally tally = new Tally();
		return new TargetStatus.Loss(tally.ratio(6), tally.ratio(60), tally.ratio(BUCKETS));
	}

	/**
	 * Of windows that are longer and longer. The bucket that is filled now counts as a whole one, so a window is up to ten seconds
	 * shorter than it says.
	 */
	private final class Tally {

		private int buckets;

		private int all;

		private int missing;

		private double ratio(int to) {
			for (int index = index(this.buckets); this.buckets < to; this.buckets++) {
				this.all += LossWindow.this.rounds[index];
				this.missing += LossWindow.this.lost[index];
				index = (index > 0) ? index - 1 : BUCKETS - 1;
			}
			return (this.all > 0) ? (double) this.missing / this.all : Double.NaN;
		}

	}

	private void turnTo(long nowMillis) {
		long bucket = Math.floorDiv(nowMillis, BUCKET_MILLIS);
		if (bucket - this.current >= BUCKETS) {
			Arrays.fill(this.rounds, (byte) 0);
			Arrays.fill(this.lost, (byte) 0);
			this.current = bucket;
		}
		while (this.current < bucket) {
			this.current++;
			this.rounds[index(0)] = 0;
			this.lost[index(0)] = 0;
		}
	}

	private int index(int ago) {
		return (int) Math.floorMod(this.current - ago, (long) BUCKETS);
	}

}
