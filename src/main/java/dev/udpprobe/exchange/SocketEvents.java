package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.QueuedError;

/**
 * What an endpoint is told of its socket, and asked about it. By the loop's thread.
 */
abstract class SocketEvents {

	/**
	 * A datagram came.
	 * @param arrivedNanos when, by the kernel's clock; 0 if it took no time
	 * @param nowNanos {@link System#nanoTime} when it was read
	 */
	abstract void received(byte[] payload, InetSocketAddress from, long arrivedNanos, long nowNanos);

	/**
	 * ICMP says that a datagram failed.
	 * @param quoted as much of its payload as is told
	 */
	abstract void reported(QueuedError error, ByteBuffer quoted);

	/**
	 * @param index of those that left, from 0, modulo 2^32
	 * @return the datagram, or null if it is known no longer
	 */
	abstract @Nullable SentDatagram sent(int index);

	/**
	 * The socket has an error that nothing else tells of.
	 */
	abstract void broke(IOException error);

	/**
	 * The time is over for a datagram, which no longer has its timer set.
	 */
	abstract void due(SentDatagram datagram);

	/**
	 * The service stops, so that nothing that may take long is to be waited for.
	 */
	void hurry() {}

	/**
	 * The program has failed. Ends this endpoint and whoever waits for it.
	 */
	abstract void fail(Throwable failure);

	/**
	 * @return what more is awaited for now, by identity; null if it is for nothing
	 */
	abstract @Nullable Object awaiting();

	/**
	 * @param pending of the socket; nothing else tells of it
	 * @return whether it may be of ICMP about somebody else's datagram
	 */
	abstract boolean isIgnoring(IOException pending);

	/**
	 * Something has come.
	 * @return whether to read it now; otherwise the loop lets lie what comes, until the endpoint listens again
	 */
	boolean hears() {
		return true;
	}

	/**
	 * @return whether something may have come that was let lie
	 */
	boolean isStale() {
		return false;
	}

	/**
	 * @return whether the open socket has a place of those in flight
	 */
	boolean hasPlace() {
		return true;
	}

	/**
	 * The socket may not send or receive any more.
	 */
	void unusable() {}

	/**
	 * @return how many datagrams may have come before the one that is awaited
	 */
	int backlog() {
		return 0;
	}

}
