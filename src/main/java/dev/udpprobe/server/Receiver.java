package dev.udpprobe.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

/**
 * The loop of one socket: receives, has the flow take what came to its replies, counts it,
 * and only then receives again. Nothing queues up but in the kernel, and nothing is
 * allocated that a peer could make grow.
 */
final class Receiver implements Closeable {

	private static final LogAccessor logger = new LogAccessor(Receiver.class);

	/** How long what was queued when the server was stopped is answered, because others may go on filling the queue. */
	private static final long DRAIN_NANOS = 500_000_000;

	/** So many batches have longer: on a busy host the thread may be kept from its work for that long. */
	private static final int FIRST_BATCHES = 1_024;

	/** Less than whoever stops the server waits. */
	private static final long FIRST_NANOS = 2_500_000_000L;

	private final UdpSocket socket;

	private final Service service;

	private final Function<Batch, Runnable> flow;

	private final SendFailures sendFailures = new SendFailures(System.nanoTime());

	private final SocketErrors errors = new SocketErrors();

	private volatile boolean stopping;

	private long sweptNanos = System.nanoTime();

	private @Nullable ExclusivePeer exclusive;

	Receiver(UdpSocket socket, Service service, Function<Batch, Runnable> flow) {
		this.socket = socket;
		this.service = service;
		this.flow = flow;
	}

	UdpSocket socket() {
		return this.socket;
	}

	InetSocketAddress address() {
		return this.socket.address();
	}

	/**
	 * @return why it cannot reply, or null. For any thread
	 */
	@Nullable
	String failure() {
		return this.sendFailures.reason();
	}

	/**
	 * Receives until stopped, and then answers what the kernel has queued.
	 * @throws IOException if the socket is of no more use
	 */
	void run() throws IOException {
		try (Batch batch = this.socket.newBatch(this.sendFailures)) {
			for (int i = 0; i < batch.slots(); i++) {
				this.service.handler().prepare(batch.get(i));
			}
			if (this.service.settings().exclusive()) {
				this.exclusive = new ExclusivePeer(this.socket, this.service.handler(), this.service.counts());
				batch.exclusive(this.exclusive);
			}
			Runnable handling = this.flow.apply(batch);
			serve(batch, handling);
			drain(batch, handling);
		}
	}

	private void serve(Batch batch, Runnable handling) throws IOException {
		while (!this.stopping) {
			try {
				receive(batch, handling, true);
				sweep();
				this.errors.none();
			}
			catch (IOException ex) {
				this.errors.goOnAfter(ex);
			}
		}
	}

	/**
	 * @return whether there may be more
	 */
	private boolean receive(Batch batch, Runnable handling, boolean wait) throws IOException {
		boolean received;
		try {
			received = batch.receive(wait);
		}
		catch (IOException ex) {
			if (this.exclusive == null || !this.exclusive.hears(batch, ex)) {
				throw ex;
			}
			return true;
		}
		if (received) {
			handle(batch, handling);
			if (this.exclusive != null) {
				this.exclusive.handled(batch);
			}
		}
		return received;
	}

	private void handle(Batch batch, Runnable handling) {
		try {
			handling.run();
		}
		catch (RuntimeException ex) {
			if (this.service.logBudget().take()) {
				logger.error(ex, "cannot answer datagrams");
			}
		}
		finally {
			this.service.counts().add(batch);
		}
	}

	private void sweep() throws IOException {
		long nowNanos = System.nanoTime();
		if (nowNanos - this.sweptNanos >= this.service.sweepNanos()) {
			this.sweptNanos = nowNanos;
			this.service.handler().sweep(nowNanos);
			this.service.dropSummary().logIfDue(nowNanos);
			this.sendFailures.look(nowNanos, this.socket::sendToThisHost);
			if (this.exclusive != null) {
				this.exclusive.freeIfEnded();
			}
		}
	}

	private void drain(Batch batch, Runnable handling) {
		long startNanos = System.nanoTime();
		try {
			this.socket.closeQueue();
			boolean more = true;
			for (int i = 0; more
					&& System.nanoTime() - startNanos < (i < FIRST_BATCHES ? FIRST_NANOS : DRAIN_NANOS); i++) {
				more = receive(batch, handling, false);
			}
		}
		catch (IOException ex) {
			logger.debug(ex, "the rest of the queue is lost");
		}
	}

	/**
	 * Makes {@link #run} return soon. For any thread.
	 */
	void stop() {
		this.stopping = true;
		this.socket.wakeUp();
	}

	/**
	 * Closes the socket; for whoever has waited for {@link #run} to return.
	 */
	@Override
	public void close() {
		this.socket.close();
	}

}
