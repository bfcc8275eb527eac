package dev.udpprobe.echo;

/**
 * The datagrams that a receiving thread has read by one call. They are used again for the
 * next ones. Of one thread.
 */
public final class Datagrams {

	private final Datagram[] slots;

	private int count;

	/**
	 * @param slots for as many datagrams as may be read at one go
	 */
	public Datagrams(Datagram... slots) {
		this.slots = slots.clone();
	}

	/**
	 * @return how many there are
	 */
	public int count() {
		return this.count;
	}

	/**
	 * Notes that so many have come, in the first slots.
	 */
	public void received(int count) {
		this.count = count;
	}

	public Datagram get(int index) {
		return this.slots[index];
	}

	/**
	 * Counts the datagrams that a failure kept from being judged or answered.
	 */
	public void fail(EchoCounts counts) {
		for (int i = 0; i < this.count; i++) {
			Datagram datagram = this.slots[i];
			if (!datagram.isJudged()) {
				counts.received(1, datagram.length());
				counts.dropped(DropReason.FAILED);
			}
			else if (datagram.isToAnswer()) {
				counts.dropped(DropReason.FAILED);
			}
			datagram.settled();
		}
	}

	@Override
	public String toString() {
		return (this.count == 1) ? this.slots[0].toString() : this.count + " datagrams";
	}

}
