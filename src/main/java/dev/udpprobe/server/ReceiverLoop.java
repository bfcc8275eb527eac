package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.ErrorText;

/**
 * Keeps one address served: runs a receiver on it, and where that ends by itself puts a new
 * one in its place, as often as it takes.
 */
final class ReceiverLoop implements Runnable {

	private static final LogAccessor serverLog = new LogAccessor(EchoServer.LOGGER);

	/** Between two attempts to open the socket again. */
	private static final long RETRY_MILLIS = 200;

	/** Opens the next receiver. */
	private final Opener opener;

	private final InetSocketAddress address;

	private final CountDownLatch stopping = new CountDownLatch(1);

	private volatile Receiver receiver;

	private volatile @Nullable String failure;

	/** Of the receivers before this one. */
	private volatile long earlierDrops;

	/**
	 * Opens a socket in the place of one that failed.
	 */
	@FunctionalInterface
	interface Opener {

		Receiver open(InetSocketAddress address) throws IOException;

	}

	/**
	 * @param receiver the first one
	 */
	ReceiverLoop(Receiver receiver, Opener opener) {
		this.receiver = receiver;
		this.address = receiver.address();
		this.opener = opener;
	}

	InetSocketAddress address() {
		return this.address;
	}

	/**
	 * @return why it receives nothing at the moment, or null if it does
	 */
	@Nullable
	String failure() {
		return this.failure;
	}

	synchronized long kernelDrops() {
		return this.earlierDrops + this.receiver.kernelDrops();
	}

	/**
	 * Serves until stopped.
	 */
	@Override
	public void run() {
		while (this.stopping.getCount() > 0) {
			try {
				this.receiver.run();
			}
			catch (IOException | RuntimeException | Error ex) {
				failed(reason(ex), ex);
				reopen();
			}
		}
		this.receiver.close();
	}

	private static String reason(Throwable ex) {
		return (ex instanceof IOException failure) ? ErrorText.of(failure) : ex.toString();
	}

	private void failed(String reason, Throwable cause) {
		this.failure = reason;
		serverLog.error(cause,
				() -> "the echo server's socket on %s cannot be used any more: %s".formatted(
						AddressText.of(this.address),
						reason));
	}

	private void reopen() {
		this.receiver.close();
		while (!isStopping()) {
			try {
				replace(this.opener.open(this.address));
				this.failure = null;
				serverLog.info(() -> "the echo server listens again on %s".formatted(AddressText.of(this.address)));
				return;
			}
			catch (IOException | RuntimeException | Error ex) {
				this.failure = reason(ex);
			}
		}
	}

	private synchronized void replace(Receiver next) {
		this.earlierDrops += this.receiver.kernelDrops();
		this.receiver = next;
		if (this.stopping.getCount() == 0) {
			next.stop();
		}
	}

	/**
	 * Waits a little, unless it is to stop. An interrupt means nothing here: kept, it would
	 * make all further waiting short.
	 */
	private boolean isStopping() {
		try {
			return this.stopping.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException _) {
			return this.stopping.getCount() == 0;
		}
	}

	/**
	 * Makes {@link #run} return soon. For any thread.
	 */
	synchronized void stop() {
		this.stopping.countDown();
		this.receiver.stop();
	}

	/**
	 * Closes the socket of a loop that never ran.
	 */
	void close() {
		this.receiver.close();
	}

}
