package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.ErrorText;

/**
 * Keeps one address served: runs a receiver on it, and where that ends by itself puts a new
 * one in its place, as often as it takes.
 */
final class ReceiverLoop implements Runnable {

	/** Between two attempts to open the socket again. */
	private static final long RETRY_MILLIS = 200;

	private final UdpSocket.Opener opener;

	private final Service service;

	private final Function<Batch, Runnable> flow;

	private final InetSocketAddress address;

	private final CountDownLatch stopping = new CountDownLatch(1);

	private volatile Receiver receiver;

	private volatile @Nullable String failure;

	/**
	 * @param first the first socket
	 * @param opener opens others on its address, in the place of one that failed
	 * @param flow makes what takes the datagrams of a batch to their replies
	 */
	ReceiverLoop(UdpSocket first, UdpSocket.Opener opener, Service service, Function<Batch, Runnable> flow) {
		this.receiver = new Receiver(first, service, flow);
		this.address = first.address();
		this.opener = opener;
		this.service = service;
		this.flow = flow;
	}

	InetSocketAddress address() {
		return this.address;
	}

	/**
	 * @return why it receives nothing at the moment or cannot reply, or null
	 */
	@Nullable
	String failure() {
		String reason = this.failure;
		return (reason != null) ? reason : this.receiver.failure();
	}

	synchronized void noteDrops() {
		this.receiver.socket().noteDrops();
	}

	/**
	 * Serves until stopped. A thread that begins late, when the server has been stopped, still
	 * answers what the socket has received.
	 */
	@Override
	public void run() {
		boolean open = true;
		while (open) {
			open = !serve() && reopen();
		}
		this.receiver.close();
	}

	/**
	 * @return whether it was stopped; false if the socket is of no more use
	 */
	private boolean serve() {
		try {
			this.receiver.run();
			return true;
		}
		catch (IOException | RuntimeException | Error ex) {
			failed(reason(ex), ex);
			return false;
		}
	}

	private static String reason(Throwable ex) {
		return (ex instanceof IOException failure) ? ErrorText.of(failure) : ex.toString();
	}

	private void failed(String reason, Throwable cause) {
		this.failure = reason;
		this.service.log().error(cause,
				() -> "the %s server's socket on %s cannot be used any more: %s".formatted(this.service.name(),
						AddressText.of(this.address), reason));
	}

	/**
	 * @return whether there is a socket again; false if it was stopped
	 */
	private boolean reopen() {
		this.receiver.close();
		while (!isStopping()) {
			try {
				replace(new Receiver(this.opener.open(this.address, this.service.sharesPort()), this.service,
						this.flow));
				this.failure = null;
				this.service.log().info(() -> "the %s server listens again on %s".formatted(this.service.name(),
						AddressText.of(this.address)));
				return true;
			}
			catch (IOException | RuntimeException | Error ex) {
				this.failure = reason(ex);
			}
		}
		return false;
	}

	private synchronized void replace(Receiver next) {
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
