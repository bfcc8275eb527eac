package dev.udpprobe.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.udpprobe.linux.DatagramBatch;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.linux.SocketQueue;
import dev.udpprobe.net.DatagramChannels;

/**
 * The socket that a receiving thread reads batches from and replies through. While it is
 * connected to one peer, and when it is freed again, another one takes its place, and the
 * one before is read until it is empty. All methods are for the receiving thread, except
 * {@link #wakeUp} and {@link #kernelDrops}. {@link #close} is for whoever has waited for
 * that thread to end.
 */
final class NativeSocket implements Closeable {

	private static final long SEND_NANOS = 10_000_000;

	/** When so many were read from a socket that leaves, its queue is closed, because others might keep it full. */
	private static final int MAX_LEFT = 1_024;

	/** With the port that was taken, where any would do. */
	private final InetSocketAddress address;

	/** A socket that is connected to a datagram's sender must be of the family in which that sender was told. */
	private final boolean ipv4;

	private final int receiveBuffer;

	private final long waitNanos;

	/** Changed under the monitor only, so that others do not touch one that is closed. */
	private NativeChannel current;

	/** The same. */
	private final Deque<NativeChannel> leaving = new ArrayDeque<>();

	private boolean connected;

	/** Datagrams that were read from the first one that leaves. */
	private int left;

	/** Of the channels that are closed. */
	private long earlierDrops;

	private NativeSocket(InetSocketAddress address, int receiveBuffer, long waitNanos, boolean sharePort)
			throws IOException {
		this.ipv4 = ServerChannels.isIpv4(address);
		this.receiveBuffer = receiveBuffer;
		this.waitNanos = waitNanos;
		this.current = new NativeChannel(open(address, sharePort, (_) -> {}));
		this.address = ServerChannels.bound(address, this.current.get());
	}

	/**
	 * Opens and binds; whatever fails, nothing stays open.
	 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
	 * @param waitNanos how long {@link #receive} waits at most; at least 1,000
	 * @throws EchoBindException if the address is not available
	 */
	static NativeSocket open(InetSocketAddress address, int receiveBuffer, long waitNanos, boolean sharePort)
			throws IOException {
		return new NativeSocket(address, receiveBuffer, waitNanos, sharePort);
	}

	private DatagramChannel open(InetSocketAddress where, boolean sharePort, DatagramChannels.Setup setup)
			throws IOException {
		return ServerChannels.open(this.ipv4, where, this.receiveBuffer, sharePort, (channel) -> {
			SocketQueue.timeOuts(channel, this.waitNanos, SEND_NANOS);
			if (where.getAddress().isAnyLocalAddress()) {
				SocketOptions.reportDestinations(channel);
			}
			setup.accept(channel);
		});
	}

	InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Lets further sockets of this user have the port, too.
	 */
	void sharePort() throws IOException {
		this.current.get().setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	/**
	 * Whether the kernel takes many replies in a message.
	 */
	boolean segments() {
		return SocketOptions.segments(this.current.get());
	}

	/**
	 * Receives what is there, from a socket that leaves first.
	 * @param wait whether to wait for something to come
	 * @return how many datagrams
	 * @throws java.net.PortUnreachableException if the connected peer's host refused a reply
	 */
	int receive(DatagramBatch batch, boolean wait) throws IOException {
		while (!this.leaving.isEmpty()) {
			NativeChannel first = this.leaving.getFirst();
			if (this.left >= MAX_LEFT) {
				first.closeQueue();
			}
			int count = batch.receive(first.get(), false);
			if (count > 0) {
				this.left += count;
				return count;
			}
			this.left = 0;
			closeFirstLeaving();
		}
		if (!this.current.get().isOpen()) {
			throw new ClosedChannelException();
		}
		return batch.receive(this.current.get(), wait);
	}

	/**
	 * Whether {@link #receive} still reads from a socket of before.
	 */
	boolean isLeaving() {
		return !this.leaving.isEmpty();
	}

	/**
	 * Sends the replies to a batch.
	 * @return how many were not sent
	 */
	int send(DatagramBatch batch) {
		return batch.replies().send(this.current.get(), this.connected);
	}

	/**
	 * Ties the socket to the sender of a datagram, so that the kernel refuses everybody
	 * else, at the address that the datagram was sent to: another socket on that very
	 * address takes over. What others have queued there by then is still to come.
	 */
	void connect(DatagramBatch batch, int slot) throws IOException {
		InetAddress asked = batch.destination(slot);
		replaceBy(new InetSocketAddress((asked != null) ? asked : this.address.getAddress(), this.address.getPort()),
				(channel) -> batch.connect(channel, slot));
		this.connected = true;
	}

	/**
	 * Lets everybody send again, by a socket like the first one. To disconnect would not do:
	 * an IPv6 socket that was connected keeps the peer's address as a filter on Linux (seen
	 * on 6.18: {@code ss} shows it with port 0).
	 */
	void disconnect() throws IOException {
		replaceBy(this.address, (_) -> {});
		this.connected = false;
	}

	private void replaceBy(InetSocketAddress where, DatagramChannels.Setup setup) throws IOException {
		sharePort();
		DatagramChannel next = open(where, true, (channel) -> {
			channel.setOption(StandardSocketOptions.SO_REUSEPORT, false);
			setup.accept(channel);
		});
		synchronized (this) {
			this.leaving.add(this.current);
			this.current = new NativeChannel(next);
		}
	}

	/**
	 * Lets nothing more into the queue.
	 */
	void closeQueue() throws IOException {
		this.current.closeQueue();
		for (NativeChannel channel : this.leaving) {
			channel.closeQueue();
		}
	}

	/**
	 * Makes {@link #receive} return at once, now and ever after.
	 */
	synchronized void wakeUp() {
		this.current.shutDown();
	}

	/**
	 * @return datagrams that the kernel dropped instead of queueing them. For any thread
	 */
	synchronized long kernelDrops() {
		return this.earlierDrops + this.current.drops()
				+ this.leaving.stream().mapToLong(NativeChannel::drops).sum();
	}

	private synchronized void closeFirstLeaving() {
		NativeChannel first = this.leaving.removeFirst();
		first.close();
		this.earlierDrops += first.drops();
	}

	@Override
	public synchronized void close() {
		this.current.close();
		while (!this.leaving.isEmpty()) {
			closeFirstLeaving();
		}
	}

}
