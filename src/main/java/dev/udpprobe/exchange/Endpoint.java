package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.DatagramReader;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.net.DatagramChannels;
import dev.udpprobe.outcome.Outcome;

/**
 * A socket on an {@link ExchangeLoop}: one local port and one target. It is told of
 * datagrams, of ICMP errors and of time. For the loop's thread, but for what never changes.
 */
abstract class Endpoint {

	private final ExchangeLoop loop;

	private final ExchangeChannels channels;

	private final DatagramChannel channel;

	private final InetSocketAddress remote;

	private final InetSocketAddress local;

	private final ExchangeOptions options;

	private final Transmitter transmitter;

	private boolean open = true;

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
	 * @return whether more is awaited now
	 */
	abstract boolean isWaiting();

	/**
	 * @param pending of the socket; nothing else tells of it
	 * @return whether it may be of ICMP about somebody else's datagram
	 */
	abstract boolean isIgnoring(IOException pending);

	/**
	 * @return how many datagrams may have come before the one that is awaited
	 */
	int backlog() {
		return 0;
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

	final boolean isOpen() {
		return this.open;
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
		if (this.open) {
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
	 * Closes the socket, which gives its place and its port back.
	 * @return whether it was open
	 */
	final boolean release() {
		if (!this.open) {
			return false;
		}
		this.open = false;
		this.channels.close(this.channel, this.options, this.local.getPort());
		return true;
	}

}
