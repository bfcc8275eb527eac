package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.DatagramChannels;

/**
 * A socket that datagrams are read from and replied through one by one.
 */
final class PortableSocket implements UdpSocket {

	private static final LogAccessor logger = new LogAccessor(PortableSocket.class);

	private static final int FULL_BUFFER_TRIES = 100;

	private static final long FULL_BUFFER_WAIT_NANOS = 100_000;

	private final Selector selector;

	/** With the port that was taken, where any would do. */
	private final InetSocketAddress address;

	private final Service service;

	private DatagramChannel channel;

	/** Those before. */
	private final Queue<LeavingChannel> leaving = new ArrayDeque<>();

	private boolean readLeaving;

	private volatile boolean woken;

	/**
	 * Opens and binds; whatever fails, nothing stays open.
	 * @throws ServerBindException if the address is not available
	 */
	PortableSocket(InetSocketAddress address, boolean sharePort, Service service) throws IOException {
		this.service = service;
		this.selector = Selector.open();
		boolean opened = false;
		try {
			this.channel = open(address, sharePort, this::register);
			this.address = ServerChannels.bound(address, this.channel);
			opened = true;
		}
		finally {
			if (!opened) {
				this.selector.close();
			}
		}
	}

	private DatagramChannel open(InetSocketAddress where, boolean sharePort, DatagramChannels.Setup setup)
			throws IOException {
		return ServerChannels.open(ServerChannels.isIpv4(where), where, this.service.settings().receiveBuffer(),
				sharePort, setup);
	}

	private void register(DatagramChannel opened) throws IOException {
		opened.configureBlocking(false);
		opened.register(this.selector, SelectionKey.OP_READ);
	}

	@Override
	public InetSocketAddress address() {
		return this.address;
	}

	@Override
	public void sharePort() throws IOException {
		this.channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	@Override
	public Batch newBatch(SendFailures failures) {
		return new PortableBatch(this, this.service.handler().headroom(), this.service.sweepNanos(), failures);
	}

	/**
	 * Receives a datagram, from a socket that leaves first.
	 * @param waitNanos how long to wait for one, at most; not at all if 0
	 * @return its sender, or null
	 * @throws PortUnreachableException if the connected peer's host refused a reply
	 */
	@Nullable
	InetSocketAddress receive(ByteBuffer buffer, long waitNanos) throws IOException {
		InetSocketAddress sender = receive(buffer);
		return (sender == null && waitNanos > 0 && await(waitNanos)) ? receive(buffer) : sender;
	}

	private @Nullable InetSocketAddress receive(ByteBuffer buffer) throws IOException {
		for (Iterator<LeavingChannel> all = this.leaving.iterator(); all.hasNext();) {
			this.readLeaving = true;
			LeavingChannel each = all.next();
			InetSocketAddress sender = each.receive(buffer);
			if (each.hasLeft()) {
				all.remove();
				each.close(this.selector);
			}
			if (sender != null) {
				return sender;
			}
		}
		this.readLeaving = false;
		return (InetSocketAddress) this.channel.receive(buffer);
	}

	/**
	 * Waits until there is something to receive, for so long at most, or until woken up.
	 * @return whether there is something
	 */
	private boolean await(long nanos) throws IOException {
		long millis = TimeUnit.NANOSECONDS
				.toMillis(this.leaving.isEmpty() ? nanos : Math.min(nanos, LeavingChannel.SILENCE_NANOS));
		// That a channel is ready is all there is to know. Every look at the selector takes a wake-up away.
		return (this.woken
				? this.selector.selectNow((_) -> {})
				: this.selector.select((_) -> {}, Math.max(1, millis))) > 0;
	}

	@Override
	public void wakeUp() {
		this.woken = true;
		this.selector.wakeup();
	}

	/**
	 * Sends a datagram.
	 * @throws PortUnreachableException if an earlier datagram was refused, while this one has not
	 * left ({@code udp(7)})
	 * @throws IOException if the local host would not send
	 */
	void send(ByteBuffer datagram, InetSocketAddress peer) throws IOException {
		if (!datagram.hasRemaining()) {
			sendOnce(datagram, peer);
			return;
		}
		this.channel.send(datagram, peer);
		for (int i = 0; datagram.hasRemaining(); i++) {
			if (i == FULL_BUFFER_TRIES) {
				throw new IOException("the send buffer stays full");
			}
			LockSupport.parkNanos(FULL_BUFFER_WAIT_NANOS);
			this.channel.send(datagram, peer);
		}
	}

	/**
	 * On a connected channel the JDK (25) silently sends no empty datagram, and refuses another
	 * address. Another socket on the port sends both, and the kernel gives it none of the peer's.
	 */
	private void sendOnce(ByteBuffer datagram, InetSocketAddress to) throws IOException {
		if (!this.channel.isConnected()) {
			this.channel.send(datagram, to);
			return;
		}
		if (!ServerChannels.sharesPorts(this.channel)) {
			SocketAddress peer = this.channel.getRemoteAddress();
			this.channel.disconnect();
			try {
				this.channel.send(datagram, to);
			}
			finally {
				this.channel.connect(peer);
			}
			return;
		}
		try (DatagramChannel other = openBeside((_) -> {})) {
			other.send(datagram, to);
		}
		finally {
			this.channel.setOption(StandardSocketOptions.SO_REUSEPORT, false);
		}
	}

	private DatagramChannel openBeside(DatagramChannels.Setup setup) throws IOException {
		return ServerChannels.openBeside(this.channel, setup, (all) -> open(this.address, true, all));
	}

	@Override
	public boolean sendToThisHost() throws IOException {
		ByteBuffer datagram = ByteBuffer.allocate(1);
		sendOnce(datagram, ServerChannels.onThisHost(this.address.getAddress()));
		return !datagram.hasRemaining();
	}

	/** The JDK throws away what is queued then. */
	void connect(InetSocketAddress peer) throws IOException {
		this.channel.connect(peer);
	}

	/**
	 * By another socket in this one's place: bound before this one is closed, and sharing the
	 * port just as long. To disconnect would not do. An IPv6 socket that was connected keeps
	 * the peer's address as a filter on Linux (seen on 6.18: {@code ss} shows it with port
	 * 0), and a socket whose port the kernel chose loses it for a moment.
	 */
	@Override
	public void disconnect() throws IOException {
		DatagramChannel last = this.channel;
		if (!ServerChannels.sharesPorts(last)) {
			last.disconnect();
			return;
		}
		DatagramChannel next = openBeside(this::register);
		this.leaving.add(new LeavingChannel(last));
		this.channel = next;
	}

	@Override
	public int leaving() {
		return this.leaving.size();
	}

	@Override
	public boolean hasReadLeaving() {
		return this.readLeaving;
	}

	@Override
	public void close() {
		DatagramChannel last = this.channel;
		try (this.selector; last) {
			while (!this.leaving.isEmpty()) {
				this.leaving.remove().close(this.selector);
			}
		}
		catch (IOException ex) {
			logger.warn(ex, "cannot close a socket");
		}
	}

}
