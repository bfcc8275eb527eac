package dev.udpprobe.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The one socket that the echo server receives from and replies through. All methods are
 * for the receiving thread, except {@link #wakeUp}, {@link #address} and {@link
 * #isConnected}. {@link #close} is for whoever has waited for that thread to end.
 */
final class PortableSocket implements Closeable {

	private static final int FULL_BUFFER_TRIES = 100;

	private static final long FULL_BUFFER_WAIT_NANOS = 100_000;

	private final Selector selector;

	/** With the port that was taken, where any would do. */
	private final InetSocketAddress address;

	private final int receiveBuffer;

	private volatile DatagramChannel channel;

	/** The one before, which still has datagrams of the last peer. */
	private @Nullable DatagramChannel leaving;

	private boolean refused;

	private PortableSocket(DatagramChannel channel, Selector selector, InetSocketAddress address, int receiveBuffer) {
		this.address = address;
		this.channel = channel;
		this.selector = selector;
		this.receiveBuffer = receiveBuffer;
	}

	/**
	 * Opens and binds; whatever fails, nothing stays open.
	 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
	 * @throws EchoBindException if the address is not available
	 */
	static PortableSocket open(InetSocketAddress address, int receiveBuffer, boolean sharePort) throws IOException {
		Selector selector = Selector.open();
		boolean opened = false;
		try {
			DatagramChannel channel = open(address, receiveBuffer, sharePort, selector);
			opened = true;
			return new PortableSocket(channel, selector, ServerChannels.bound(address, channel), receiveBuffer);
		}
		finally {
			if (!opened) {
				selector.close();
			}
		}
	}

	private static DatagramChannel open(InetSocketAddress address, int receiveBuffer, boolean sharePort,
			Selector selector) throws IOException {
		return ServerChannels.open(ServerChannels.isIpv4(address), address, receiveBuffer, sharePort, (channel) -> {
			channel.configureBlocking(false);
			channel.register(selector, SelectionKey.OP_READ);
		});
	}

	InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Lets further sockets of this user have the port, too.
	 */
	void sharePort() throws IOException {
		this.channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	/**
	 * Waits until there is something to receive, for so long at most, or until woken up.
	 * @return whether there is something
	 */
	boolean await(long nanos) throws IOException {
		return this.selector.select(PortableSocket::ignore, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos))) > 0;
	}

	/** That it is ready is all there is to know of the one key. */
	private static void ignore(SelectionKey ready) {}

	void wakeUp() {
		this.selector.wakeup();
	}

	/**
	 * Receives a datagram, if there is one.
	 * @return its sender, or null
	 * @throws PortUnreachableException if the connected peer's host refused a reply
	 */
	@Nullable
	InetSocketAddress receive(ByteBuffer buffer) throws IOException {
		DatagramChannel last = this.leaving;
		if (last != null) {
			SocketAddress peer = last.receive(buffer);
			if (peer != null) {
				return (InetSocketAddress) peer;
			}
			this.leaving = null;
			last.close();
		}
		return (InetSocketAddress) this.channel.receive(buffer);
	}

	/**
	 * Sends a datagram. A refusal that shows here belongs to an earlier reply, while this
	 * one has not left ({@code udp(7)}): it is noted and this one is sent again.
	 * @throws IOException if the local host would not send
	 */
	void send(ByteBuffer datagram, InetSocketAddress peer) throws IOException {
		try {
			sendOnce(datagram, peer);
		}
		catch (PortUnreachableException _) {
			this.refused = true;
			sendOnce(datagram, peer);
		}
	}

	private void sendOnce(ByteBuffer datagram, InetSocketAddress peer) throws IOException {
		if (!datagram.hasRemaining()) {
			// The JDK (25) silently sends no empty datagram on a connected channel. The
			// receiving thread connects again as soon as it has read what is queued.
			disconnect();
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
	 * @return whether a refusal showed while sending, since last asked
	 */
	boolean takeRefusal() {
		boolean taken = this.refused;
		this.refused = false;
		return taken;
	}

	/**
	 * Ties the socket to one peer. The JDK throws away what is queued then.
	 */
	void connect(InetSocketAddress peer) throws IOException {
		this.channel.connect(peer);
	}

	/**
	 * Lets everybody send again, by another socket in this one's place: bound before this
	 * one is closed, and sharing the port just as long. To disconnect would not do. An IPv6
	 * socket that was connected keeps the peer's address as a filter on Linux (seen on
	 * 6.18: {@code ss} shows it with port 0), and a socket whose port the kernel chose loses
	 * it for a moment.
	 */
	void disconnect() throws IOException {
		DatagramChannel last = this.channel;
		if (!last.isConnected()) {
			return;
		}
		if (!last.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
			last.disconnect();
			return;
		}
		last.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		this.channel = open(this.address, this.receiveBuffer, true, this.selector);
		this.channel.setOption(StandardSocketOptions.SO_REUSEPORT, false);
		closeLeaving();
		this.leaving = last;
		// Once it is out of the selector, closing it later takes effect at once.
		last.keyFor(this.selector).cancel();
		this.selector.selectNow(PortableSocket::ignore);
	}

	private void closeLeaving() throws IOException {
		if (this.leaving != null) {
			this.leaving.close();
		}
	}

	boolean isConnected() {
		return this.channel.isConnected();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		closeLeaving();
		this.selector.close();
	}

}
