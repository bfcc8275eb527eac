package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.linux.DatagramBatch;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.ReplyBatch;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.linux.SocketQueue;
import dev.udpprobe.net.DatagramChannels;

/**
 * A socket that batches are read from and replied through. While it is connected to one peer,
 * and when it is freed again, another one takes its place, and the one before is read until
 * it is empty.
 */
final class NativeSocket implements UdpSocket {

	private static final LogAccessor logger = new LogAccessor(NativeSocket.class);

	private static final long SEND_NANOS = 10_000_000;

	/** With the port that was taken, where any would do. */
	private final InetSocketAddress address;

	/** A socket that is connected to a datagram's sender must be of the family in which that sender was told. */
	private final boolean ipv4;

	private final Service service;

	/** Whether connected sockets are told what ICMP messages quote. */
	private final boolean reportsErrors;

	/** Changed under the monitor only, so that others do not touch one that is closed. */
	private NativeChannel current;

	/** The same. */
	private final Deque<NativeChannel> leaving = new ArrayDeque<>();

	/** The one that was read last. */
	private NativeChannel read;

	private boolean connected;

	private int readOfFirstLeaving;

	/**
	 * Opens and binds; whatever fails, nothing stays open.
	 * @throws ServerBindException if the address is not available
	 */
	NativeSocket(InetSocketAddress address, boolean sharePort, Service service) throws IOException {
		this.ipv4 = ServerChannels.isIpv4(address);
		this.service = service;
		this.reportsErrors = service.settings().exclusive() && KernelDetail.find().errors();
		this.current = channel(open(address, sharePort, (_) -> {}), address, null);
		this.read = this.current;
		this.address = ServerChannels.bound(address, this.current.get());
	}

	private NativeChannel channel(DatagramChannel opened, InetSocketAddress where, @Nullable SentReplies sentReplies) {
		return new NativeChannel(opened, where.getAddress(), this.service.kernelDrops(), sentReplies);
	}

	private DatagramChannel open(InetSocketAddress where, boolean sharePort, DatagramChannels.Setup setup)
			throws IOException {
		return ServerChannels.open(this.ipv4, where, this.service.settings().receiveBuffer(), sharePort, (channel) -> {
			SocketQueue.timeOuts(channel, this.service.sweepNanos(), SEND_NANOS);
			if (where.getAddress().isAnyLocalAddress()) {
				SocketOptions.reportDestinations(channel);
			}
			if (this.service.handler().needsTimesAndHops()) {
				SocketOptions.reportTimesAndHops(channel);
			}
			setup.accept(channel);
		});
	}

	@Override
	public InetSocketAddress address() {
		return this.address;
	}

	@Override
	public void sharePort() throws IOException {
		this.current.get().setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	@Override
	public Batch newBatch(SendFailures failures) {
		return new NativeBatch(this, SocketOptions.segments(this.current.get()), this.service.handler().headroom(),
				failures);
	}

	/**
	 * Receives what is there, from a socket that leaves first.
	 * @param wait whether to wait for something to come
	 * @return how many datagrams
	 * @throws IOException also if ICMP told something of a reply
	 */
	int receive(DatagramBatch batch, boolean wait) throws IOException {
		while (!this.leaving.isEmpty()) {
			NativeChannel first = this.leaving.getFirst();
			if (this.readOfFirstLeaving >= MAX_READ_OF_LEAVING) {
				first.closeQueue();
			}
			this.read = first;
			int count = batch.receive(first.get(), false);
			if (count > 0) {
				this.readOfFirstLeaving += count;
				return count;
			}
			this.readOfFirstLeaving = 0;
			closeFirstLeaving();
		}
		if (!this.current.get().isOpen()) {
			throw new ClosedChannelException();
		}
		this.read = this.current;
		return batch.receive(this.current.get(), wait);
	}

	boolean reportsErrors() {
		return this.reportsErrors;
	}

	/**
	 * @return the channel that is sent through
	 */
	NativeChannel current() {
		return this.current;
	}

	/**
	 * @return the channel that was read last
	 */
	NativeChannel lastRead() {
		return this.read;
	}

	@Override
	public int leaving() {
		return this.leaving.size();
	}

	@Override
	public boolean hasReadLeaving() {
		return this.read != this.current;
	}

	/**
	 * @return how many were not sent
	 */
	int send(ReplyBatch replies) {
		return replies.send(this.current.get(), this.connected);
	}

	/**
	 * Ties the socket to the sender of a datagram, so that the kernel refuses everybody
	 * else, at the address that the datagram was sent to: another socket on that very
	 * address takes over. What others have queued there by then is still to come.
	 */
	void connect(DatagramBatch batch, int slot, InetAddress asked) throws IOException {
		replaceBy(new InetSocketAddress(asked, this.address.getPort()), (channel) -> {
			batch.connect(channel, slot);
			if (this.reportsErrors) {
				SocketOptions.reportErrors(channel);
			}
		}, this.reportsErrors ? new SentReplies() : null);
		this.connected = true;
	}

	/**
	 * By a socket like the first one. To disconnect would not do: an IPv6 socket that was
	 * connected keeps the peer's address as a filter on Linux (seen on 6.18: {@code ss} shows
	 * it with port 0). The one before would be given what the peer sends next, until it is
	 * closed.
	 */
	@Override
	public void disconnect() throws IOException {
		DatagramChannel before = this.current.get();
		replaceBy(this.address, (_) -> {}, null);
		this.connected = false;
		try {
			SocketQueue.connectToItself(before);
		}
		catch (IOException ex) {
			logger.debug(ex, "what the last peer sends at once may be lost");
		}
	}

	@Override
	public boolean sendToThisHost() throws IOException {
		return ServerChannels.sendToThisHost(this.current.get(), this.current.address());
	}

	private void replaceBy(InetSocketAddress where, DatagramChannels.Setup setup, @Nullable SentReplies sentReplies)
			throws IOException {
		DatagramChannel next = ServerChannels.openBeside(this.current.get(), setup, (all) -> open(where, true, all));
		synchronized (this) {
			this.leaving.add(this.current);
			this.current = channel(next, where, sentReplies);
		}
	}

	@Override
	public void closeQueue() throws IOException {
		this.current.closeQueue();
		for (NativeChannel channel : this.leaving) {
			channel.closeQueue();
		}
	}

	@Override
	public synchronized void wakeUp() {
		this.current.shutDown();
	}

	@Override
	public synchronized void noteDrops() {
		this.current.noteDrops();
		this.leaving.forEach(NativeChannel::noteDrops);
	}

	private synchronized void closeFirstLeaving() {
		this.leaving.removeFirst().close();
	}

	@Override
	public synchronized void close() {
		this.current.close();
		while (!this.leaving.isEmpty()) {
			closeFirstLeaving();
		}
	}

}
