package dev.udpprobe.exchange;

/**
 * Something that a loop does at its time, unless it is cancelled before: {@link Loop#set}. For that loop's thread.
 */
public abstract class LoopTimer {

	static final int NOWHERE = -1;

	/** {@link System#nanoTime} when it is due. */
	long atNanos;

	/** Its place in the schedule. */
	int index = NOWHERE;

	/**
	 * Its time has come, and it is no longer set.
	 */
	protected abstract void due();

	/**
	 * What it did has failed.
	 */
	protected abstract void fail(Throwable failure);

	final boolean isBefore(LoopTimer other) {
		return this.atNanos - other.atNanos < 0;
	}

}
