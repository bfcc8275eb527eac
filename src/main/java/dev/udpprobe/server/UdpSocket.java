package dev.udpprobe.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One socket of a server. In exclusive mode others take its place: while it is connected to
 * a peer, and when that peer is gone. All methods are for the receiving thread, except
 * {@link #wakeUp} and {@link #noteDrops}. {@link #close} is for whoever has waited for
 * that thread to end.
 */
interface UdpSocket extends Closeable {

	/** When so many were read from a socket of before, it takes no more, because others might keep it full. */
	int MAX_READ_OF_LEAVING = 1_024;

	/**
	 * Opens a socket and binds it; whatever fails, nothing stays open.
	 */
	@FunctionalInterface
	interface Opener {

		/**
		 * @param sharePort whether other sockets of this process have the address, too
		 * @throws ServerBindException if the address is not available
		 */
		UdpSocket open(InetSocketAddress address, boolean sharePort) throws IOException;

	}

	/**
	 * @return where it is bound, with the port that was taken where any would do
	 */
	InetSocketAddress address();

	/**
	 * Lets further sockets of this user have the address, too.
	 */
	void sharePort() throws IOException;

	/**
	 * @return the memory for what is received and sent, of the thread that calls
	 */
	Batch newBatch(SendFailures failures);

	/**
	 * @return how many sockets of before are still open
	 */
	int leaving();

	/**
	 * Lets everybody send again, after {@link Batch#connect}.
	 */
	void disconnect() throws IOException;

	/**
	 * Whether what was read last, or failed to be, is of a socket of before.
	 */
	boolean hasReadLeaving();

	/**
	 * Sends a datagram from its port to this host, which takes no other host and no network.
	 * Nobody is to read it.
	 * @return whether it left; it does not when the send buffer is full, of which whoever sends
	 * may be the cause
	 * @throws IOException if the host denies it
	 */
	boolean sendToThisHost() throws IOException;

	/**
	 * Lets nothing more into the queue, where the system can do that.
	 */
	default void closeQueue() throws IOException {}

	/**
	 * Makes {@link Batch#receive} return at once, now and ever after. For any thread.
	 */
	void wakeUp();

	/**
	 * Has what the kernel has dropped counted until now, where it tells that of a socket. For
	 * any thread.
	 */
	default void noteDrops() {}

	/**
	 * Never fails.
	 */
	@Override
	void close();

}
