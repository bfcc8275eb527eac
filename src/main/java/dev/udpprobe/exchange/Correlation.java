package dev.udpprobe.exchange;

import java.nio.ByteBuffer;

/**
 * Tells which datagram of a flow an answer or an ICMP error is about, by the keys that the
 * datagrams were sent with. Called by the loop's thread, so it must be quick. What it is given
 * is hostile.
 */
public interface Correlation {

	/**
	 * Nothing tells, so it is taken for the datagram that waits for longest; a quotation, for the one of
	 * those that it may quote.
	 */
	long OLDEST = -1;

	/**
	 * It is about none of the flow's datagrams.
	 */
	long STRAY = -2;

	/**
	 * For datagrams that are all the same.
	 */
	Correlation NONE = new Correlation() {
		@Override
		public long answered(ByteBuffer payload) {
			return OLDEST;
		}

		@Override
		public long quoted(ByteBuffer payload) {
			return OLDEST;
		}
	};

	/**
	 * @param payload of what came back
	 * @return the key of the datagram that it answers, of one that no longer waits too; {@link #OLDEST} or {@link #STRAY}
	 */
	long answered(ByteBuffer payload);

	/**
	 * @param payload of what was sent, as far as ICMP quotes it, which may be nothing
	 * @return the datagram's key, {@link #OLDEST} or {@link #STRAY}
	 */
	long quoted(ByteBuffer payload);

}
