package dev.udpprobe.echo;

/**
 * What a receiving thread has read at one go. It and its datagrams are used again for the
 * next. Of one thread.
 */
public final class Datagrams {

	private final Datagram[] places;

	private int count;

	/**
	 * @param places for as many datagrams as may be read at one go
	 */
	public Datagrams(Datagram... places) {
		this.places = places.clone();
	}

	/**
	 * @return how many there are
	 */
	public int count() {
		return this.count;
	}

	/**
	 * Notes that so many have come, in the first places.
	 */
	public void received(int count) {
		this.count = count;
	}

	public Datagram get(int index) {
		return this.places[index];
	}

	@Override
	public String toString() {
		return (this.count == 1) ? this.places[0].toString() : this.count + " datagrams";
	}

}
