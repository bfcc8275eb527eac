package dev.udpprobe.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.linux.SocketQueue;

/**
 * A channel of a server. Other threads than the receiving one may ask it and wake
 * it up: none touches the descriptor of a channel that is closed.
 */
final class NativeChannel implements Closeable {

	private static final LogAccessor logger = new LogAccessor(NativeChannel.class);

	private final DatagramChannel channel;

	/** Where it is bound. */
	private final InetAddress address;

	/** What the kernel has dropped, of all channels. */
	private final LongAdder drops;

	private final @Nullable SentReplies sentReplies;

	/** As the kernel told it last, modulo 2^32. */
	private int toldDrops;

	private boolean queueClosed;

	/**
	 * @param sentReplies where the channel is connected and the kernel queues errors of it
	 */
	NativeChannel(DatagramChannel channel, InetAddress address, LongAdder drops, @Nullable SentReplies sentReplies) {
		this.channel = channel;
		this.address = address;
		this.drops = drops;
		this.sentReplies = sentReplies;
	}

	/**
	 * @return the channel itself, for the receiving thread
	 */
	DatagramChannel get() {
		return this.channel;
	}

	InetAddress address() {
		return this.address;
	}

	/**
	 * @return the replies to the peer, for the receiving thread; null where nothing is compared
	 * with them
	 */
	@Nullable
	SentReplies sentReplies() {
		return this.sentReplies;
	}

	/**
	 * Counts what the kernel has dropped instead of queueing it, until the queue was closed.
	 */
	synchronized void noteDrops() {
		if (this.channel.isOpen() && !this.queueClosed) {
			try {
				int told = SocketQueue.drops(this.channel);
				this.drops.add(Integer.toUnsignedLong(told - this.toldDrops));
				this.toldDrops = told;
			}
			catch (IOException ex) {
				logger.debug(ex, "the kernel tells no drops");
			}
		}
	}

	/**
	 * Lets nothing more into the queue, if anything is let in.
	 */
	synchronized void closeQueue() throws IOException {
		if (!this.queueClosed) {
			noteDrops();
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
		noteDrops();
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			logger.warn(ex, "cannot close a socket");
		}
	}

}
