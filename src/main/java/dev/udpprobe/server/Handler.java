package dev.udpprobe.server;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.PeerAddress;

/**
 * A service on UDP: what becomes of the datagrams that a {@link UdpServer} receives. Called
 * by all of the server's threads at once, but for {@link #listensOn} and {@link #stopped}.
 */
public interface Handler {

	/**
	 * @return bytes before each payload, for what a reply has before it; the same always
	 */
	default int headroom() {
		return 0;
	}

	/**
	 * Whether slots tell the time of arrival and the hops, which costs a little for each
	 * datagram.
	 */
	default boolean needsTimesAndHops() {
		return false;
	}

	/**
	 * Fills the headroom of a slot, once and for all datagrams.
	 */
	default void prepare(Slot slot) {}

	/**
	 * Settles each datagram of a batch. One that is not settled when this returns is counted
	 * as {@link TransportDrop#FAILED}; if this throws, so are those that were to be answered.
	 */
	void handle(Batch batch);

	/**
	 * @return how often {@link #sweep} is to be called; 1 ms if it is shorter, and 1 s if longer
	 */
	default Duration sweepInterval() {
		return Duration.ofSeconds(1);
	}

	/**
	 * Called by each thread about as often as {@link #sweepInterval} says.
	 * @param nowNanos {@link System#nanoTime}
	 */
	default void sweep(long nowNanos) {}

	/**
	 * Exclusive mode, where nobody has the socket: asked before it is connected to a datagram's
	 * sender. {@link #handle} decides what becomes of the datagram then.
	 * @return why it is dropped instead, or null
	 */
	default @Nullable DropReason connectDropReason(Slot datagram) {
		return null;
	}

	/**
	 * Exclusive mode: whether the peer to whom the socket is connected keeps it.
	 */
	default boolean isServed(PeerAddress peer) {
		return true;
	}

	/**
	 * Exclusive mode: the peer's host refused a reply, so the peer has lost the socket. Without
	 * proof it has lost it because it has sent nothing since.
	 */
	default void refused(PeerAddress peer) {}

	/**
	 * The server has its sockets, and receives from now on.
	 * @param ports one or more
	 */
	default void listensOn(int... ports) {}

	/**
	 * @return what whoever runs the server is to be warned of when it starts
	 */
	default Optional<String> warning() {
		return Optional.empty();
	}

	/**
	 * Everything that was received is settled, and nothing more comes.
	 */
	default void stopped() {}

}
