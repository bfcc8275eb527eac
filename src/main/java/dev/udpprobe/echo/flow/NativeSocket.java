package dev.udpprobe.echo.flow;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;

import org.springframework.core.log.LogAccessor;

import dev.udpprobe.linux.DatagramBatch;
import dev.udpprobe.linux.SocketOptions;

/**
 * The socket that a receiving thread reads batches from and replies through. While it is
 * connected to one peer, and when it is freed again, another one takes its place, and the
 * one before is read until it is empty. All methods are the receiving thread's, but
 * {@link #wakeUp} and {@link #kernelDrops}; {@link #close} is whoever's has waited for that
 * thread to end.
 */
final class NativeSocket implements Closeable {

	private static final LogAccessor logger = new LogAccessor(NativeSocket.class);

	private static final long SEND_NANOS = 10_000_000;

	/** With so many read, the queue of a socket that leaves would perhaps never be empty. */
	private static final int MOST_LEFT = 1_024;

	/** With the port that was taken, where any would do. */
	private final InetSocketAddress address;

	/** One that is connected to a datagram's sender must be of the family that tells of it. */
	private final boolean ipv4;

	private final int receiveBuffer;

	private final long waitNanos;

	/** Changed under the monitor only, so that others do not touch one that is closed. */
	private Member current;

	/** The same. */
	private final Deque<Member> leaving = new ArrayDeque<>();

	private boolean connected;

	private long drops;

	/**
	 * A channel, with what is known of it.
	 */
	private static final class Member {

		private final DatagramChannel channel;

		private int drops;

		/** Datagrams that were read from it since it leaves. */
		private int left;

		/** Whether nothing more gets into its queue, by which it drops what is not wanted. */
		private boolean closed;

		private Member(DatagramChannel channel) {
			this.channel = channel;
		}

	}

	private NativeSocket(InetSocketAddress address, int receiveBuffer, long waitNanos, boolean sharePort)
			throws IOException {
		this.ipv4 = EchoChannels.isIpv4(address);
		this.receiveBuffer = receiveBuffer;
		this.waitNanos = waitNanos;
		this.current = new Member(open(address, sharePort));
		this.address = EchoChannels.bound(address, this.current.channel);
	}

	/**
	 * Opens and binds; whatever fails, nothing stays open.
	 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
	 * @param waitNanos how long {@link #receive} waits at most; at least 1,000
	 * @throws EchoBindException if the address is not to be had
	 */
	static NativeSocket open(InetSocketAddress address, int receiveBuffer, long waitNanos, boolean sharePort)
			throws IOException {
		return new NativeSocket(address, receiveBuffer, waitNanos, sharePort);
	}

	private DatagramChannel open(InetSocketAddress where, boolean sharePort) throws IOException {
		DatagramChannel channel = EchoChannels.open(this.ipv4, where, this.receiveBuffer, sharePort);
		boolean opened = false;
		try {
			SocketOptions.timeOuts(channel, this.waitNanos, SEND_NANOS);
			if (where.getAddress().isAnyLocalAddress()) {
				SocketOptions.reportDestinations(channel);
			}
			opened = true;
			return channel;
		}
		finally {
			if (!opened) {
				channel.close();
			}
		}
	}

	InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Lets further sockets of this user's have the port, too.
	 */
	void sharePort() throws IOException {
		this.current.channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	/**
	 * Whether the kernel takes many replies in a message.
	 */
	boolean segments() {
		return SocketOptions.segments(this.current.channel);
	}

	/**
	 * Receives what is there, from a socket that leaves first.
	 * @param wait whether to wait for something to come
	 * @return how many datagrams
	 * @throws java.net.PortUnreachableException if the connected peer's host refused a reply
	 */
	int receive(DatagramBatch batch, boolean wait) throws IOException {
		while (!this.leaving.isEmpty()) {
			Member first = this.leaving.getFirst();
			if (first.left >= MOST_LEFT && !first.closed) {
				closeQueue(first);
			}
			int count = batch.receive(first.channel, false);
			if (count > 0) {
				first.left += count;
				return count;
			}
			closeFirstLeaving();
		}
		if (!this.current.channel.isOpen()) {
			throw new ClosedChannelException();
		}
		return batch.receive(this.current.channel, wait);
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
		return batch.replies().send(this.current.channel, this.connected);
	}

	/**
	 * Ties the socket to the sender of a datagram, so that the kernel refuses everybody
	 * else, at the address that the datagram was sent to: another socket on that very
	 * address takes over. What others have queued there by then is still to come.
	 */
	void connect(DatagramBatch batch, int place) throws IOException {
		InetAddress asked = batch.destination(place);
		replaceBy(new InetSocketAddress((asked != null) ? asked : this.address.getAddress(), this.address.getPort()),
				(channel) -> batch.connect(channel, place));
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

	private interface Preparation {
		void prepare(DatagramChannel channel) throws IOException;
	}

	private void replaceBy(InetSocketAddress where, Preparation preparation) throws IOException {
		sharePort();
		DatagramChannel next = open(where, true);
		boolean prepared = false;
		try {
			next.setOption(StandardSocketOptions.SO_REUSEPORT, false);
			preparation.prepare(next);
			prepared = true;
		}
		finally {
			if (!prepared) {
				next.close();
			}
		}
		synchronized (this) {
			this.leaving.add(this.current);
			this.current = new Member(next);
		}
	}

	/**
	 * Lets nothing more into the queue.
	 */
	void closeQueue() throws IOException {
		SocketOptions.closeQueue(this.current.channel);
	}

	/**
	 * Makes {@link #receive} return at once, now and ever after.
	 */
	synchronized void wakeUp() {
		if (this.current.channel.isOpen()) {
			SocketOptions.shutDown(this.current.channel);
		}
	}

	/**
	 * @return datagrams that the kernel dropped instead of queueing them. For any thread
	 */
	synchronized long kernelDrops() {
		note(this.current);
		this.leaving.forEach(this::note);
		return this.drops;
	}

	private void note(Member member) {
		if (member.channel.isOpen() && !member.closed) {
			try {
				int now = SocketOptions.drops(member.channel);
				this.drops += Integer.toUnsignedLong(now - member.drops);
				member.drops = now;
			}
			catch (IOException ex) {
				logger.debug(ex, "the kernel tells no drops");
			}
		}
	}

	private synchronized void closeQueue(Member member) throws IOException {
		note(member);
		SocketOptions.closeQueue(member.channel);
		member.closed = true;
	}

	private synchronized void closeFirstLeaving() {
		close(this.leaving.removeFirst());
	}

	private synchronized void close(Member member) {
		note(member);
		try {
			member.channel.close();
		}
		catch (IOException ex) {
			logger.warn(ex, "cannot close a socket of the echo server");
		}
	}

	@Override
	public synchronized void close() {
		close(this.current);
		this.leaving.forEach(this::close);
		this.leaving.clear();
	}

}
