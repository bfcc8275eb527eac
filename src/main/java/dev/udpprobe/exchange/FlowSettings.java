package dev.udpprobe.exchange;

/**
 * How a {@link Flow} knows its answers, and who hears of them.
 *
 * @param window how many datagrams may wait at once, 1 to {@link #MAX_WINDOW}
 */
public record FlowSettings(int window, Correlation correlation, Listener listener) {

	/** More than a socket's receive buffer has room for. */
	public static final int MAX_WINDOW = 65_536;

	public FlowSettings {
		if (window < 1 || window > MAX_WINDOW) {
			throw new IllegalArgumentException("the window takes 1 to " + MAX_WINDOW);
		}
	}

	/**
	 * Hears of a flow's datagrams. Called by the loop's thread, so it must be quick.
	 */
	public interface Listener {

		/**
		 * Hears what came of a datagram, before whoever sent it does.
		 */
		void ended(FlowDatagram datagram);

		/**
		 * A datagram came that answers none of those that wait in time: it is late, a double, or none.
		 * @param key of the datagram that it is about, as the {@link Correlation} says
		 */
		default void strayed(long key, byte[] payload) {}

	}

}
