package dev.udpprobe.echo.flow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.echo.Datagram;
import dev.udpprobe.echo.Datagrams;
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

	/** How often idle sessions are looked for while datagrams keep coming. */
	private static final long SWEEP_NANOS = 1_000_000_000;

	/** How long what was queued when the server was stopped is answered. */
	private static final long DRAIN_NANOS = 500_000_000;

	private static final long ERROR_PAUSE_NANOS = 10_000_000;

	private final EchoSocket socket;

	private final Sessions sessions;

	private final EchoCounts counts;

	private final Consumer<EchoMessage> flow;

	private final Datagram datagram;

	private final EchoMessage message;

	private @Nullable InetSocketAddress peer;

	private final @Nullable ExclusivePeer exclusive;

	private final LogBudget logBudget = new LogBudget(1);

	private @Nullable String lastError;

	private volatile boolean stopping;

	/**
	 * @param flow handles a datagram before it returns
	 */
	EchoReceiver(EchoSocket socket, EchoSettings settings, Sessions sessions, EchoCounts counts,
			Consumer<EchoMessage> flow) {
		this.socket = socket;
		this.sessions = sessions;
		this.counts = counts;
		this.flow = flow;
		byte[] greeting = settings.greeting();
		this.datagram = new Datagram(ByteBuffer.allocateDirect(greeting.length + Datagram.LONGEST), greeting);
		this.message = new EchoMessage(new Datagrams(this.datagram), this::reply);
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
				more = receive();
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
	private boolean receive() throws IOException {
		ByteBuffer buffer = this.datagram.cleared();
		int start = buffer.position();
		InetSocketAddress sender = this.socket.receive(buffer);
		if (sender == null) {
			return this.exclusive != null && this.exclusive.isPending() && moreBeforeConnecting(this.exclusive);
		}
		received(sender, buffer.position() - start);
		if (this.exclusive == null) {
			handle();
		}
		else if (!this.exclusive.takes(sender, buffer)) {
			handle();
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

	private void handleHeld(InetSocketAddress sender, ByteBuffer payload) {
		int length = payload.remaining();
		this.datagram.cleared().put(payload);
		received(sender, length);
		handle();
	}

	private void received(InetSocketAddress sender, int length) {
		if (!sender.equals(this.peer)) {
			this.peer = sender;
			this.datagram.peer().set(sender);
		}
		this.datagram.received(length, false);
		this.message.getPayload().received(1);
	}

	/**
	 * Takes the datagram through the flow.
	 */
	private void handle() {
		try {
			this.flow.accept(this.message);
		}
		catch (RuntimeException ex) {
			this.counts.dropped(DropReason.FAILED);
			if (this.logBudget.take()) {
				logger.error(ex, "cannot answer a datagram");
			}
		}
	}

	private void reply(Datagrams datagrams) {
		InetSocketAddress to = Objects.requireNonNull(this.peer);
		try {
			this.socket.send(this.datagram.reply(), to);
			this.counts.replied(this.datagram.replyLength());
		}
		catch (IOException ex) {
			this.counts.dropped(DropReason.SEND_FAILED);
			if (this.logBudget.take()) {
				logger.warn("cannot reply to " + to + ": " + ex.getMessage());
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
