package dev.udpprobe.echo.flow;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The one socket that the echo server receives from and replies through. All methods but
 * {@link #wakeUp} are the receiving thread's.
 */
final class EchoSocket implements Closeable {

	private static final int FULL_BUFFER_TRIES = 100;

	private static final long FULL_BUFFER_WAIT_NANOS = 100_000;

	private final DatagramChannel channel;

	private final Selector selector;

	private boolean refused;

	private EchoSocket(DatagramChannel channel, Selector selector) throws IOException {
		this.channel = channel;
		this.selector = selector;
		channel.register(selector, SelectionKey.OP_READ);
	}

	/**
	 * Opens and binds; whatever fails, nothing stays open.
	 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
	 * @throws EchoBindException if the address is not to be had
	 */
	static EchoSocket open(InetSocketAddress address, int receiveBuffer) throws IOException {
		DatagramChannel channel = (address.getAddress() instanceof Inet4Address inet4 && !inet4.isAnyLocalAddress())
				? DatagramChannel.open(StandardProtocolFamily.INET)
				: DatagramChannel.open();
		Selector selector = null;
		boolean opened = false;
		try {
			channel.configureBlocking(false);
			if (receiveBuffer > 0) {
				channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
			}
			bind(channel, address);
			selector = Selector.open();
			EchoSocket socket = new EchoSocket(channel, selector);
			opened = true;
			return socket;
		}
		finally {
			if (!opened) {
				channel.close();
				if (selector != null) {
					selector.close();
				}
			}
		}
	}

	private static void bind(DatagramChannel channel, InetSocketAddress address) {
		try {
			channel.bind(address);
		}
		catch (IOException ex) {
			throw new EchoBindException(address, ex);
		}
	}

	DatagramSocket asDatagramSocket() {
		return this.channel.socket();
	}

	/**
	 * Waits until there is something to receive, for so long at most, or until woken up.
	 * @return whether there is something
	 */
	boolean await(long nanos) throws IOException {
		return this.selector.select((_) -> {}, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos))) > 0;
	}

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
			this.channel.disconnect();
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

	void disconnect() throws IOException {
		this.channel.disconnect();
	}

	boolean isConnected() {
		return this.channel.isConnected();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		this.selector.close();
	}

}
