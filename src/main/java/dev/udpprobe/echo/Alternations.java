package dev.udpprobe.echo;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.server.Batch;
import dev.udpprobe.server.HeldDatagram;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.Slot;

/**
 * Breaks off exchanges that go on only because each side answers the other: a server to which
 * our reply is a request. Contents and times do not tell these from a client's, so the reply
 * to one datagram of a session is held back. A peer that sends its next datagram all the same
 * did not wait for the reply, and has both then. Otherwise the datagram is dropped, and whoever only
 * answers has nothing to answer any more.
 *
 * <p>
 * Whoever calls holds the lock of the {@link Sessions}. To hold a datagram makes objects; all
 * else does not.
 */
final class Alternations {

	/** So many turns in a row are taken for an exchange that may have no end. */
	private static final int MANY = 256;

	/** Whoever only answers does so sooner, and whoever waits for longer cannot be told from one who is gone. */
	private static final long PAUSE_NANOS = 100_000_000;

	private final ServerCounts counts;

	/** The one that holds a datagram for the longest time first. */
	private final Deque<Turns> holding = new ArrayDeque<>(Batch.MAX_PUT_BACK);

	/**
	 * How the datagrams of a peer have followed each other.
	 */
	static final class Turns {

		private static final int TESTED = -1;

		private long lastNanos;

		private int inARow;

		private @Nullable HeldDatagram held;

		Turns(long nowNanos) {
			this.lastNanos = nowNanos;
		}

		/**
		 * Notes a datagram. One that was read together with the one before it waited for no reply,
		 * and has the same time.
		 */
		void next(long nowNanos) {
			if (this.inARow != TESTED) {
				long nanos = nowNanos - this.lastNanos;
				this.inARow = (nanos > 0 && nanos < PAUSE_NANOS) ? this.inARow + 1 : 0;
			}
			this.lastNanos = nowNanos;
		}

		long lastNanos() {
			return this.lastNanos;
		}

		/**
		 * Whether the reply to the datagram noted last should be held back.
		 */
		boolean areMany() {
			return this.inARow >= MANY;
		}

	}

	/**
	 * @param counts of the datagrams that are dropped
	 */
	Alternations(ServerCounts counts) {
		this.counts = counts;
	}

	/**
	 * Holds a datagram back that is to be answered, unless too many are held already. All that are
	 * held, and were in this batch, must fit into one.
	 * @param turns of its peer, with the datagram
	 */
	void hold(Turns turns, Batch batch, int index) {
		if (this.holding.size() + batch.putBack() < Batch.MAX_PUT_BACK) {
			turns.held = batch.hold(index);
			turns.inARow = Turns.TESTED;
			this.holding.add(turns);
		}
	}

	/**
	 * Puts the datagram back that is held of a peer, if any is.
	 * @param index of another one, which the peer has sent meanwhile
	 * @return what is to be answered, or null
	 */
	@Nullable
	Slot release(Turns turns, Batch batch, int index) {
		if (turns.held == null) {
			return null;
		}
		Slot datagram = batch.putBack(turns.held, index);
		if (datagram == null) {
			drop(turns);
		}
		else {
			forget(turns);
		}
		return datagram;
	}

	/**
	 * Drops what is held for too long. To be called before further datagrams are noted.
	 */
	void dropOverdue(long nowNanos) {
		while (!this.holding.isEmpty() && nowNanos - this.holding.getFirst().lastNanos >= PAUSE_NANOS) {
			drop(this.holding.getFirst());
		}
	}

	/**
	 * Drops what is held of a peer, if anything is.
	 */
	void drop(Turns turns) {
		if (turns.held != null) {
			this.counts.drop(turns.held, EchoDrop.ALTERNATION);
			forget(turns);
		}
	}

	private void forget(Turns turns) {
		turns.held = null;
		this.holding.remove(turns);
	}

}
