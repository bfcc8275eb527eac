package dev.udpprobe.echo.flow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.LogBudget;
import dev.udpprobe.echo.Sessions;

/**
 * The receive loop: takes one datagram through the flow to its reply, and only then
 * receives the next. Nothing queues up but in the kernel, and nothing is allocated that a
 * peer could make grow. All of it is one thread's, but for {@link #stop}.
 */
final class EchoReceiver {

	private static final LogAccessor logger = new LogAccessor(EchoReceiver.class);

	private static final int LONGEST_DATAGRAM = 1 << 16;

	/** How often idle sessions are looked for while datagrams keep coming. */
	private static final long SWEEP_NANOS = 1_000_000_000;

	/** How long what was queued when the server was stopped is answered. */
	private static final long DRAIN_NANOS = 500_000_000;

	private static final long ERROR_PAUSE_NANOS = 10_000_000;

	private final EchoSocket socket;

	private final Sessions sessions;

	private final EchoCounts counts;

	private final Consumer<DatagramMessage> flow;

	private final int greetingLength;

	private final ByteBuffer buffer;

	private final @Nullable ExclusivePeer exclusive;

	private final LogBudget logBudget = new LogBudget(1);

	private @Nullable String lastError;

	private volatile boolean stopping;

	/**
	 * @param flow handles a datagram before it returns
	 */
	EchoReceiver(EchoSocket socket, EchoSettings settings, Sessions sessions, EchoCounts counts,
			Consumer<DatagramMessage> flow) {
		this.socket = socket;
		this.sessions = sessions;
		this.counts = counts;
		this.flow = flow;
		this.greetingLength = settings.greeting().length;
		this.buffer = ByteBuffer.allocateDirect(this.greetingLength + LONGEST_DATAGRAM).put(settings.greeting());
		this.exclusive = (settings.mode() == EchoMode.EXCLUSIVE) ? new ExclusivePeer(socket, sessions, counts) : null;
	}

	/**
	 * Receives until stopped, goes on after errors, and at the end answers what the kernel
	 * has queued.
	 * @throws ClosedChannelException if the socket was closed by somebody else
	 */
	void run() throws ClosedChannelException {
		while (!this.stopping) {
			try {
				long idleNanos = this.sessions.endIdle(System.nanoTime());
				if (this.exclusive != null) {
					this.exclusive.freeIfEnded();
				}
				this.socket.await(Math.min(idleNanos, SWEEP_NANOS));
				receiveAll(SWEEP_NANOS);
				this.lastError = null;
			}
			catch (ClosedChannelException ex) {
				throw ex;
			}
			catch (IOException ex) {
				goOnAfter(ex);
			}
		}
		try {
			receiveAll(DRAIN_NANOS);
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

	private void receiveAll(long atMostNanos) throws IOException {
		long startNanos = System.nanoTime();
		long nowNanos = startNanos;
		boolean more = true;
		while (more && nowNanos - startNanos < atMostNanos) {
			try {
				more = receive(nowNanos);
			}
			catch (PortUnreachableException _) {
				if (this.exclusive != null) {
					this.exclusive.refused();
				}
			}
			nowNanos = System.nanoTime();
		}
	}

	/**
	 * @return whether there may be more
	 */
	private boolean receive(long nowNanos) throws IOException {
		InetSocketAddress peer = this.socket.receive(this.buffer.clear().position(this.greetingLength));
		if (peer == null) {
			return this.exclusive != null && this.exclusive.isPending() && moreBeforeConnecting(this.exclusive);
		}
		this.buffer.limit(this.buffer.position()).position(this.greetingLength);
		if (this.exclusive == null) {
			handle(peer, nowNanos);
		}
		else if (!this.exclusive.takes(peer, this.buffer)) {
			handle(peer, nowNanos);
			this.exclusive.handled();
		}
		else if (this.exclusive.isPending() && this.exclusive.isFull()) {
			this.exclusive.connect(this::handleHeld);
		}
		return true;
	}

	private boolean moreBeforeConnecting(ExclusivePeer pending) throws IOException {
		if (!this.socket.await(ExclusivePeer.QUIET_NANOS)) {
			pending.connect(this::handleHeld);
		}
		return true;
	}

	private void handleHeld(InetSocketAddress peer, ByteBuffer payload) {
		this.buffer.clear().position(this.greetingLength).put(payload).flip().position(this.greetingLength);
		handle(peer, System.nanoTime());
	}

	/**
	 * Takes what is in the buffer through the flow.
	 */
	private void handle(InetSocketAddress peer, long nowNanos) {
		try {
			this.flow.accept(new DatagramMessage(peer, this.buffer, nowNanos));
		}
		catch (RuntimeException ex) {
			this.counts.dropped(DropReason.FAILED);
			if (this.logBudget.take()) {
				logger.error(ex, "cannot answer a datagram");
			}
		}
	}

	private void goOnAfter(IOException ex) {
		String error = String.valueOf(ex.getMessage());
		if (!error.equals(this.lastError) && this.logBudget.take()) {
			logger.warn(ex, "the echo server goes on after an error of its socket");
			this.lastError = error;
		}
		LockSupport.parkNanos(ERROR_PAUSE_NANOS);
	}

}
