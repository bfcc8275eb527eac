package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * The datagrams that a receiving thread has read at one go, and the memory that it reads the
 * next ones into: what a batch holds is valid until its handler returns. Of one thread,
 * which made it and closes it.
 */
public abstract class Batch implements AutoCloseable {

	private final Slot[] slots;

	private final SendFailures failures;

	private int count;

	private @Nullable ExclusivePeer exclusive;

	/**
	 * @param slots for as many datagrams as may be read at one go
	 */
	Batch(SendFailures failures, Slot... slots) {
		this.failures = failures;
		this.slots = slots;
	}

	/**
	 * @return how many datagrams may be read at one go
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
	 * takes up to 50 ms, so no lock should be held.
	 */
	public final void admit(int index) {
		ExclusivePeer peer = this.exclusive;
		DropReason reason = (peer != null) ? peer.dropReason(this, index) : null;
		if (reason != null) {
			get(index).drop(reason);
		}
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
		this.count = read(wait);
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
