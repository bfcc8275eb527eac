package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.echo.Admission;
import dev.udpprobe.echo.Datagram;
import dev.udpprobe.echo.Datagrams;
import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.DropSummary;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.LogBudget;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.PayloadLimits;

/**
 * The receive loop: takes one datagram through the flow to its reply, and only then
 * receives the next. Nothing queues up but in the kernel, and nothing is allocated that a
 * peer could make grow. All of it is one thread's, but for {@link #stop}.
 */
final class PortableReceiver implements Receiver {

	private static final LogAccessor logger = new LogAccessor(PortableReceiver.class);

	/** How often idle sessions are looked for while datagrams keep coming. */
	private static final long SWEEP_NANOS = 1_000_000_000;

	/** How long what was queued when the server was stopped is answered. */
	private static final long DRAIN_NANOS = 500_000_000;

	private final PortableSocket socket;

	private final Sessions sessions;

	private final EchoCounts counts;

	private final DropSummary dropSummary;

	private final Consumer<EchoMessage> flow;

	private final Datagram datagram;

	private final EchoMessage message;

	private @Nullable InetSocketAddress peer;

	private final @Nullable PortableHolder exclusive;

	private final LogBudget logBudget = new LogBudget(1);

	private final SocketErrors errors = new SocketErrors();

	private volatile boolean stopping;

	/**
	 * @return what opens receivers of this kind
	 */
	static Opener opener(EchoSettings settings, Sessions sessions, EchoCounts counts, Guard guard,
			DropSummary dropSummary) {
		return (address, sharePort, flow) -> new PortableReceiver(
				PortableSocket.open(address, settings.receiveBuffer(), sharePort), settings, sessions, counts, guard,
				dropSummary, flow);
	}

	private PortableReceiver(PortableSocket socket, EchoSettings settings, Sessions sessions, EchoCounts counts,
			Guard guard, DropSummary dropSummary, Consumer<EchoMessage> flow) {
		this.socket = socket;
		this.sessions = sessions;
		this.counts = counts;
		this.dropSummary = dropSummary;
		this.flow = flow;
		byte[] greeting = settings.greeting();
		this.datagram = new Datagram(ByteBuffer.allocateDirect(greeting.length + PayloadLimits.BUFFER), greeting);
		this.message = new EchoMessage(new Datagrams(this.datagram), Admission.ALL, this::reply);
		this.exclusive = (settings.mode() == EchoMode.EXCLUSIVE)
				? new PortableHolder(socket, sessions, counts, guard)
				: null;
	}

	@Override
	public void sharePort() throws IOException {
		this.socket.sharePort();
	}

	@Override
	public InetSocketAddress address() {
		return this.socket.address();
	}

	@Override
	public void run() throws IOException {
		while (!this.stopping) {
			try {
				long idleNanos = this.sessions.endIdle(System.nanoTime());
				this.dropSummary.logIfDue(System.nanoTime());
				if (this.exclusive != null) {
					this.exclusive.freeIfEnded();
				}
				this.socket.await(Math.min(idleNanos, SWEEP_NANOS));
				receiveAll(SWEEP_NANOS);
				this.errors.none();
			}
			catch (IOException ex) {
				this.errors.goOnAfter(ex);
			}
		}
		try {
			receiveAll(DRAIN_NANOS);
		}
		catch (IOException ex) {
			logger.debug(ex, "the rest of the queue is lost");
		}
	}

	@Override
	public void stop() {
		this.stopping = true;
		this.socket.wakeUp();
	}

	/**
	 * The system tells the drops of a port only, not those of a socket.
	 */
	@Override
	public long kernelDrops() {
		return 0;
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			logger.warn(ex, "cannot close the echo server's socket");
		}
	}

	private void receiveAll(long maxNanos) throws IOException {
		long startNanos = System.nanoTime();
		long nowNanos = startNanos;
		boolean more = true;
		while (more && nowNanos - startNanos < maxNanos) {
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
		else if (!this.exclusive.takes(sender, this.datagram)) {
			handle();
			this.exclusive.handled();
		}
		else if (this.exclusive.isPending() && this.exclusive.isFull()) {
			this.exclusive.connect(this::handleHeld);
		}
		return true;
	}

	private boolean moreBeforeConnecting(PortableHolder pending) throws IOException {
		if (!this.socket.await(PortableHolder.QUIET_NANOS)) {
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
		catch (Error ex) {
			this.message.getPayload().fail(this.counts);
			throw ex;
		}
		catch (RuntimeException ex) {
			this.message.getPayload().fail(this.counts);
			if (this.logBudget.take()) {
				logger.error(ex, "cannot answer a datagram");
			}
		}
	}

	private void reply(Datagrams datagrams) {
		InetSocketAddress to = Objects.requireNonNull(this.peer);
		try {
			this.socket.send(this.datagram.reply(), to);
			this.counts.replied(1, this.datagram.replyLength());
		}
		catch (IOException ex) {
			this.counts.dropped(DropReason.SEND_FAILED);
			if (this.logBudget.take()) {
				logger.warn("cannot reply to " + AddressText.of(to) + ": " + ErrorText.of(ex));
			}
		}
		this.datagram.settled();
	}

}
