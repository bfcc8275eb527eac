package dev.udpprobe.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * One thread that reads the answers of all exchanges in flight. Where the
 * kernel does not, it takes the time of arrival, so that the scheduling of the waiting
 * thread is not in the round trip. It owns the only receive buffer, so that an exchange which waits costs no 64 KiB.
 *
 * <p>
 * A channel belongs to the sending thread until {@link #watch}, and to this loop from then
 * on: only the loop closes it. Time-outs are the waiting threads' own, but the loop looks
 * once more before silence counts.
 */
final class ReplyLoop implements AutoCloseable {

	/**
	 * Reads what came for an exchange. Called by one thread.
	 */
	interface Reader extends AutoCloseable {

		/**
		 * Reads one thing, and ends the exchange if that was its outcome.
		 * @return whether there was anything
		 * @throws IOException if the channel has an error pending, which is of this exchange
		 */
		boolean read(PendingExchange pending) throws IOException;

		@Override
		void close();

	}

	private static final System.Logger logger = System.getLogger(ReplyLoop.class.getName());

	/** Far more than the loop is ever behind; only one that has ended takes longer. */
	private static final long GRACE_NANOS = 5_000_000_000L;

	private static final int LAST_LOOKS = 64;

	private final Queue<PendingExchange> changed = new ConcurrentLinkedQueue<>();

	private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

	private final LocalPorts ports;

	private final Supplier<Reader> readers;

	private final Selector selector;

	private final Thread thread;

	private volatile boolean closed;

	/**
	 * @param readers makes the loop's reader, on its thread
	 */
	ReplyLoop(LocalPorts ports, Supplier<Reader> readers) {
		this.ports = ports;
		this.readers = readers;
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread = Thread.ofPlatform().daemon().name("udp-exchange").unstarted(this::run);
	}

	/**
	 * Starts the thread.
	 * @throws IllegalStateException if it has no reader; the loop is to be closed then
	 */
	void start() {
		this.thread.start();
		try {
			this.started.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("the answers of exchanges cannot be read", ex.getCause());
		}
	}

	/**
	 * Hands the exchange over: before its datagram is sent if the loop itself takes the
	 * time, so that the answer finds it waiting.
	 */
	void watch(PendingExchange pending) {
		this.changed.add(pending);
		this.selector.wakeup();
	}

	/**
	 * Looks once more for an answer when the time is over: this loop may be behind, if the
	 * processors are busy, and the answer be there since long.
	 * @return the outcome, or null if the loop does not even get to look
	 */
	@Nullable
	Outcome lastLook(PendingExchange pending) throws InterruptedException {
		pending.timeIsOver();
		watch(pending);
		return pending.awaitLastLook(GRACE_NANOS);
	}

	/**
	 * Says that an exchange ended without the loop, so that its channel gets closed.
	 */
	void forget(PendingExchange pending) {
		watch(pending);
	}

	private void run() {
		try (Reader reader = reader()) {
			while (!this.closed) {
				try {
					this.selector.select((key) -> read(reader, key));
					takeChanges(reader);
				}
				catch (IOException | RuntimeException ex) {
					logger.log(System.Logger.Level.ERROR, "the exchange loop goes on after", ex);
				}
			}
		}
		finally {
			closeAll();
		}
	}

	/**
	 * @return the loop's reader; {@link #start} hears of it either way
	 */
	private Reader reader() {
		try {
			Reader reader = this.readers.get();
			this.started.complete(null);
			return reader;
		}
		catch (RuntimeException | Error ex) {
			this.started.completeExceptionally(ex);
			throw ex;
		}
	}

	private void closeAll() {
		this.changed.forEach((pending) -> close(pending, pending.channel().keyFor(this.selector)));
		this.selector.keys().forEach((key) -> close(pending(key), key));
	}

	private void takeChanges(Reader reader) {
		PendingExchange pending;
		while ((pending = this.changed.poll()) != null) {
			SelectionKey key = pending.channel().keyFor(this.selector);
			if (pending.isOver()) {
				close(pending, key);
			}
			else if (key == null) {
				register(pending);
			}
			else if (pending.isOverdue()) {
				lookLast(reader, key);
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

	private void lookLast(Reader reader, SelectionKey key) {
		PendingExchange pending = pending(key);
		int looks = 0;
		while (!pending.isOver() && looks++ < LAST_LOOKS && read(reader, key)) {
			// What others sent to an unconnected socket may stand before the answer.
		}
		if (pending.end(pending.silence())) {
			close(pending, key);
		}
	}

	private boolean read(Reader reader, SelectionKey key) {
		PendingExchange pending = pending(key);
		boolean read = true;
		try {
			read = reader.read(pending);
		}
		catch (IOException ex) {
			pending.end(Failures.onReceive(ex, pending.isIpv6(), RoundTrip.jvm(pending.sinceSentNanos())));
		}
		if (pending.isOver()) {
			close(pending, key);
		}
		return read;
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
			// Not by the thread, which may end before it is woken.
			this.selector.close();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			logger.log(System.Logger.Level.WARNING, "cannot close the selector", ex);
		}
	}

}
