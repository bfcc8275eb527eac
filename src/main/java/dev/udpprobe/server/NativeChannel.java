package dev.udpprobe.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.DatagramChannel;

import org.springframework.core.log.LogAccessor;

import dev.udpprobe.linux.SocketQueue;

/**
 * A channel of the echo server. Other threads than the receiving one may ask it and wake
 * it up: none touches the descriptor of a channel that is closed.
 */
final class NativeChannel implements Closeable {

	private static final LogAccessor logger = new LogAccessor(NativeChannel.class);

	private final DatagramChannel channel;

	private long drops;

	/** As the kernel told it last, modulo 2^32. */
	private int toldDrops;

	private boolean queueClosed;

	NativeChannel(DatagramChannel channel) {
		this.channel = channel;
	}

	/**
	 * @return the channel itself, for the receiving thread
	 */
	DatagramChannel get() {
		return this.channel;
	}

	/**
	 * @return datagrams that the kernel dropped instead of queueing them, until the queue was
	 * closed
	 */
	synchronized long drops() {
		if (this.channel.isOpen() && !this.queueClosed) {
			try {
				int told = SocketQueue.drops(this.channel);
				this.drops += Integer.toUnsignedLong(told - this.toldDrops);
				this.toldDrops = told;
			}
			catch (IOException ex) {
				logger.debug(ex, "the kernel tells no drops");
			}
		}
		return this.drops;
	}

	/**
	 * Lets nothing more into the queue, if anything is let in.
	 */
	synchronized void closeQueue() throws IOException {
		if (!this.queueClosed) {
			drops();
			SocketQueue.close(this.channel);
			this.queueClosed = true;
		}
	}

	/**
	 * Makes whoever waits for a datagram return at once, now and ever after.
	 */
	synchronized void shutDown() {
		if (this.channel.isOpen()) {
			SocketQueue.shutDown(this.channel);
		}
	}

	@Override
	public synchronized void close() {
		drops();
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			logger.warn(ex, "cannot close a socket of the echo server");
		}
	}

}
