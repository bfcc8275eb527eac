package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.net.DatagramChannels;
import dev.udpprobe.outcome.Outcome;

/**
 * A socket on an {@link ExchangeLoop}: one local port and one target. For the loop's thread, but for what never changes.
 */
abstract class Endpoint extends SocketEvents {

	private final ExchangeLoop loop;

	private final ExchangeChannels channels;

	private final DatagramChannel channel;

	private final InetSocketAddress remote;

	private final InetSocketAddress local;

	private final ExchangeOptions options;

	private final Transmitter transmitter;

	private final long openedNanos = System.nanoTime();

	private volatile boolean closed;

	private boolean busy;

	/**
	 * @param loop which it belongs to
	 * @param channel for the target; closed with the endpoint
	 */
	Endpoint(ExchangeLoop loop, ExchangeChannels channels, DatagramChannel channel, InetSocketAddress remote,
			ExchangeOptions options) throws IOException {
		this.loop = loop;
		this.channels = channels;
		this.channel = channel;
		this.remote = remote;
		this.local = (InetSocketAddress) channel.getLocalAddress();
		this.options = options;
		this.transmitter = new Transmitter(this, remote, channels);
	}

	final ExchangeLoop loop() {
		return this.loop;
	}

	final DatagramChannel channel() {
		return this.channel;
	}

	public final InetSocketAddress remote() {
		return this.remote;
	}

	public final InetSocketAddress local() {
		return this.local;
	}

	final ExchangeOptions options() {
		return this.options;
	}

	/**
	 * @return who is to hear of what the kernel tells of this socket's datagrams
	 */
	final DatagramReader.ErrorListener errors() {
		return this.transmitter;
	}

	final boolean isIpv6() {
		return this.remote.getAddress() instanceof Inet6Address;
	}

	/**
	 * For any thread.
	 * @return whether the socket is open
	 */
	public final boolean isOpen() {
		return !this.closed;
	}

	/**
	 * @return {@link System#nanoTime} when the socket was opened
	 */
	final long openedNanos() {
		return this.openedNanos;
	}

	/**
	 * What a caller asks for.
	 */
	interface Work {

		void run() throws IOException;

	}

	/**
	 * Does what a caller asks for. What ends meanwhile is told afterwards: whoever begins the
	 * next one when this one is over would otherwise never return from the first.
	 */
	final void attempt(Work work) {
		boolean nested = this.busy;
		this.busy = true;
		try {
			work.run();
		}
		catch (Throwable ex) {
			fail(ex);
		}
		finally {
			this.busy = nested;
		}
	}

	/**
	 * Tells others what came of something. What they throw ends this endpoint alone.
	 */
	final void tell(Runnable telling) {
		if (this.busy) {
			this.loop.execute(() -> tell(telling));
			return;
		}
		try {
			telling.run();
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	/**
	 * Has the loop read what comes from now on.
	 */
	final void listen() throws IOException {
		this.loop.register(this.channel, this);
	}

	/**
	 * Sets an option for the next datagrams. If the system does not take it, nothing is sent
	 * any more. Does nothing where the socket is closed.
	 */
	final void set(DatagramChannels.Setup option) {
		if (isOpen()) {
			this.transmitter.set(option);
		}
	}

	/**
	 * @see Transmitter#transmit
	 */
	final @Nullable Outcome transmit(SentDatagram datagram, byte[] payload) {
		return this.transmitter.transmit(datagram, payload);
	}

	/**
	 * @return how many datagrams have left, modulo 2^32
	 */
	final int left() {
		return this.transmitter.left();
	}

	/**
	 * Closes it for a caller in any thread. Waits until that is done, but not in the thread of a loop, which might
	 * wait for this one's.
	 * @param closing done by the loop's thread
	 */
	final void close(Runnable closing) {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		this.loop.run(() -> {
			try {
				closing.run();
			}
			finally {
				done.complete(null);
			}
		});
		if (!ExchangeLoop.isLoop(Thread.currentThread()) && !this.loop.isOver()) {
			done.join();
		}
	}

	/**
	 * Closes the socket, which gives its place and its port back.
	 * @return whether it was open
	 */
	final boolean release() {
		if (this.closed) {
			return false;
		}
		this.closed = true;
		this.channels.close(this.channel, this.options, this.local.getPort(), this.remote, hasPlace());
		return true;
	}

}
