package dev.udpprobe.server;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How the last replies to a peer started, to compare with what ICMP messages quote. Its memory
 * is fixed, and noting a reply allocates nothing. Of the receiving thread.
 */
final class SentReplies {

	/** About as many as leave with one batch. */
	private static final int REPLIES = 64;

	/** More than a forger guesses, and no more than what ICMPv6 quotes (RFC 4443 2.4). */
	private static final int BYTES = 64;

	private final byte[] starts = new byte[REPLIES * BYTES];

	/** Of each start. */
	private final int[] lengths = new int[REPLIES];

	private int count;

	private int next;

	/**
	 * Notes a reply, and forgets the earliest if there are too many.
	 * @param reply read from its position on
	 */
	void add(ByteBuffer reply) {
		int length = Math.min(BYTES, reply.remaining());
		reply.get(this.starts, this.next * BYTES, length);
		this.lengths[this.next] = length;
		this.next = (this.next + 1) % REPLIES;
		this.count = Math.max(this.count, (this.next == 0) ? REPLIES : this.next);
	}

	/**
	 * Finds out what a message says that reports a refusal. A host of IPv4 needs to quote no more
	 * than the UDP header (RFC 792), and behind a short reply there may be padding and extensions
	 * (RFC 4884).
	 * @param quoted payload, from its start to its end
	 * @param ipv6 whether the message is of ICMPv6, which quotes as much as there is room for
	 */
	Refusal refusal(ByteBuffer quoted, boolean ipv6) {
		byte[] start = new byte[Math.min(BYTES, quoted.remaining())];
		quoted.get(quoted.position(), start);
		Refusal most = Refusal.NONE;
		for (int i = 0; i < this.count; i++) {
			Refusal refusal = refusal(i, start, ipv6);
			most = (refusal.compareTo(most) > 0) ? refusal : most;
		}
		return most;
	}

	private Refusal refusal(int reply, byte[] quoted, boolean ipv6) {
		int length = this.lengths[reply];
		int compared = Math.min(length, quoted.length);
		int at = reply * BYTES;
		if (!Arrays.equals(this.starts, at, at + compared, quoted, 0, compared)) {
			return Refusal.NONE;
		}
		if (compared < length) {
			return ipv6 ? Refusal.NONE : Refusal.UNPROVEN;
		}
		// Anybody can quote a reply without a byte.
		return (length > 0) ? Refusal.PROVEN : Refusal.UNPROVEN;
	}

}
