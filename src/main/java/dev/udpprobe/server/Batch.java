package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The datagrams that a receiving thread has read at one go, and the memory that it reads the
 * next ones into: what a batch holds is valid until its handler returns. Of one thread,
 * which made it and closes it.
 */
public abstract class Batch implements AutoCloseable {

	/**
	 * So many datagrams can be put back into a batch, but into one that reads fewer no more than one
	 * for each that was read.
	 */
	public static final int MAX_PUT_BACK = 32;

	private final Slot[] slots;

	private final SendFailures failures;

	/** Without those that were put back, which stand behind. */
	private int read;

	private int count;

	private @Nullable ExclusivePeer exclusive;

	/**
	 * @param slots for as many datagrams as may be read at one go, and be put back
	 */
	Batch(SendFailures failures, Slot... slots) {
		this.failures = failures;
		this.slots = slots;
	}

	/**
	 * @return for how many datagrams there is room
	 */
	final int slots() {
		return this.slots.length;
	}

	/**
	 * @return what is to be told which replies have left
	 */
	final SendFailures failures() {
		return this.failures;
	}

	/**
	 * @return how many datagrams there are
	 */
	public final int count() {
		return this.count;
	}

	/**
	 * @param index 0 to less than {@link #count}
	 */
	public final Slot get(int index) {
		return this.slots[index];
	}

	/**
	 * Drops a datagram if it is not its sender's turn. It always is, but in exclusive mode,
	 * where the first sender that is to be admitted gets the socket. So the handler admits none
	 * that it drops for what the datagram itself is. A sender to whom {@link Handler#isServed}
	 * says no once the batch is handled loses the socket again. To connect a portable socket
	 * waits for up to 50 ms, so no lock should be held.
	 */
	public final void admit(int index) {
		ExclusivePeer peer = this.exclusive;
		DropReason reason = (peer != null) ? peer.dropReason(this, index) : null;
		if (reason != null) {
			get(index).drop(reason);
		}
	}

	/**
	 * Takes a datagram out of the batch, as if it had not been received yet. Makes objects.
	 */
	public final HeldDatagram hold(int index) {
		return get(index).hold(destination(index));
	}

	/**
	 * Has a datagram that was held settled with this batch, and answered before all others of it.
	 * @param like index of a datagram of the same peer, from whose destination both are answered, and
	 * whose time and hops are told of both
	 * @return where it is open again; null if it was sent to another address, and is still held
	 */
	public final @Nullable Slot putBack(HeldDatagram held, int like) {
		if (!Objects.equals(held.destination(), destination(like))) {
			return null;
		}
		Slot slot = this.slots[this.count];
		slot.putBack(held, get(like).peer());
		copyOrigin(like, this.count);
		this.count++;
		return slot;
	}

	/**
	 * @return how many datagrams were put back into it
	 */
	public final int putBack() {
		return this.count - this.read;
	}

	/**
	 * Gives a slot what the transport keeps of another one's sender and destination.
	 */
	abstract void copyOrigin(int from, int to);

	/**
	 * @param turn 0 to less than {@link #count}
	 * @return index of the datagram whose turn it is to be answered
	 */
	final int inOrder(int turn) {
		int index = this.read + turn;
		return (index < this.count) ? index : index - this.count;
	}

	/**
	 * @return the address that a datagram was sent to, which its answer leaves from; null where
	 * that is not told. Makes an object
	 */
	public abstract @Nullable InetAddress destination(int index);

	/**
	 * @return when a datagram came, in nanoseconds since 1970 by the kernel's clock; 0 where
	 * that is not told
	 */
	public abstract long timeNanos(int index);

	/**
	 * @return the TTL or hop limit with which a datagram came, 0 to 255; -1 where that is not
	 * told
	 */
	public abstract int hops(int index);

	/**
	 * Receives the next datagrams.
	 * @param wait whether to wait for one, as long as between two sweeps at most
	 * @return how many have been read into the first slots
	 * @throws IOException also if ICMP told something of a reply to a connected peer
	 */
	abstract int read(boolean wait) throws IOException;

	/**
	 * Sends the replies, and settles each datagram that was to be answered.
	 */
	abstract void send();

	/**
	 * Ties the socket to the sender of a datagram. What the kernel has queued for the socket
	 * is still to come, as far as there is room for it.
	 */
	abstract void connect(int index) throws IOException;

	/**
	 * Finds out what it was that {@link #read} has thrown.
	 * @return what it says of the connected peer, or null if it is no matter of ICMP
	 */
	abstract @Nullable Refusal refusal(IOException error);

	/**
	 * @return what has shown while sending, since last asked
	 */
	abstract Refusal takeRefusal();

	/**
	 * @param peer whose turn it is
	 */
	final void exclusive(ExclusivePeer peer) {
		this.exclusive = peer;
	}

	/**
	 * Receives the next datagrams.
	 * @return whether there are any
	 */
	final boolean receive(boolean wait) throws IOException {
		this.count = 0;
		this.read = read(wait);
		this.count = this.read;
		return this.count > 0;
	}

	final boolean hasReplies() {
		for (int i = 0; i < this.count; i++) {
			if (this.slots[i].isToReply()) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void close() {}

	@Override
	public String toString() {
		return (this.count == 1) ? this.slots[0].toString() : this.count + " datagrams";
	}

}
