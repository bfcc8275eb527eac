package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * One thread that reads the answers of all exchanges in flight. It takes the time of
 * arrival itself, so that the scheduling of the waiting thread is not in the round trip,
 * and it owns the only receive buffer, so that an exchange which waits costs no 64 KiB.
 *
 * <p>
 * A channel belongs to the sending thread until {@link #watch}, and to this loop from then
 * on: only the loop closes it. Time-outs are the waiting threads' own, so a busy loop
 * delays none.
 */
final class ReplyLoop implements AutoCloseable {

	private static final System.Logger logger = System.getLogger(ReplyLoop.class.getName());

	private final Queue<PendingExchange> changed = new ConcurrentLinkedQueue<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

	private final LocalPorts ports;

	private final Selector selector;

	private final Thread thread;

	private volatile boolean closed;

	ReplyLoop(LocalPorts ports) {
		this.ports = ports;
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread = Thread.ofPlatform().daemon().name("udp-exchange").unstarted(this::run);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Hands the exchange over. To be called before the datagram is sent, so that its answer
	 * finds the loop waiting.
	 */
	void watch(PendingExchange pending) {
		this.changed.add(pending);
		this.selector.wakeup();
	}

	/**
	 * Says that an exchange ended without the loop, so that its channel gets closed.
	 */
	void forget(PendingExchange pending) {
		watch(pending);
	}

	private void run() {
		while (!this.closed) {
			try {
				this.selector.select(this::read);
				takeChanges();
			}
			catch (IOException | RuntimeException ex) {
				logger.log(System.Logger.Level.ERROR, "the exchange loop goes on after", ex);
			}
		}
		takeChanges();
		this.selector.keys().forEach((key) -> close(pending(key), key));
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			logger.log(System.Logger.Level.WARNING, "cannot close the selector", ex);
		}
	}

	private void takeChanges() {
		PendingExchange pending;
		while ((pending = this.changed.poll()) != null) {
			SelectionKey key = pending.channel().keyFor(this.selector);
			if (pending.isOver()) {
				close(pending, key);
			}
			else if (key == null) {
				register(pending);
			}
		}
	}

	private void register(PendingExchange pending) {
		try {
			pending.channel().register(this.selector, SelectionKey.OP_READ, pending);
		}
		catch (ClosedChannelException ex) {
			pending.end(Failures.onSend(ex));
		}
	}

	private void read(SelectionKey key) {
		PendingExchange pending = pending(key);
		try {
			Outcome outcome = read(pending);
			if (outcome != null) {
				pending.end(outcome);
			}
		}
		catch (IOException ex) {
			pending.end(Failures.onReceive(ex, pending.sinceSentNanos()));
		}
		if (pending.isOver()) {
			close(pending, key);
		}
	}

	/**
	 * Reads one datagram. {@code receive}, on a connected channel too: {@code read} cannot
	 * tell an empty datagram from none.
	 */
	private @Nullable Outcome read(PendingExchange pending) throws IOException {
		SocketAddress from = pending.channel().receive(this.buffer.clear());
		if (from == null || !pending.isSending()) {
			return null;
		}
		long roundTripNanos = pending.sinceSentNanos();
		byte[] reply = new byte[this.buffer.flip().remaining()];
		this.buffer.get(reply);
		if (pending.kind() == SocketKind.CONNECTED || from.equals(pending.remote())) {
			return new Outcome.Replied(reply, roundTripNanos);
		}
		pending.misaddressed(new Outcome.Misaddressed((InetSocketAddress) from, reply, roundTripNanos));
		return null;
	}

	private void close(PendingExchange pending, @Nullable SelectionKey key) {
		if (key != null) {
			key.cancel();
		}
		this.ports.retire(pending.local().getPort());
		try {
			pending.channel().close();
		}
		catch (IOException ex) {
			logger.log(System.Logger.Level.WARNING, "cannot close a channel", ex);
		}
	}

	private static PendingExchange pending(SelectionKey key) {
		return (PendingExchange) key.attachment();
	}

	/**
	 * Ends the loop and closes every channel it still watches.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.selector.wakeup();
		try {
			this.thread.join();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
