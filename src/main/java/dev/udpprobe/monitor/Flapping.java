package dev.udpprobe.monitor;

/**
 * Whether the state of a target changes all the time: five times or more in twenty rounds, until twenty rounds have passed without a
 * change. For one thread at a time.
 */
final class Flapping {

	static final int ROUNDS = 20;

	static final int CHANGES = 5;

	/** A bit for each of the last rounds, set where the state changed. */
	private int changes;

	private boolean flapping;

	/**
	 * @param changed whether this round has changed the state
	 * @return whether it began or ceased to flap
	 */
	boolean add(boolean changed) {
		this.changes = (this.changes << 1 | (changed ? 1 : 0)) & (1 << ROUNDS) - 1;
		boolean now = this.flapping ? this.changes != 0 : Integer.bitCount(this.changes) >= CHANGES;
		boolean turned = now != this.flapping;
		this.flapping = now;
		return turned;
	}

	boolean isFlapping() {
		return this.flapping;
	}

}
