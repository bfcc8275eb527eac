package dev.udpprobe.echo.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.integration.ip.udp.UdpServerListeningEvent;
import org.springframework.integration.ip.udp.inbound.UnicastReceivingChannelAdapter;

import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.LogBudget;
import dev.udpprobe.echo.Sessions;

/**
 * The start of the flow: one thread that receives a datagram, takes it through the flow to
 * its reply, and only then receives the next. Nothing queues up but in the kernel, and
 * nothing is allocated that a peer could make grow.
 *
 * <p>
 * It replaces what the adapter does with a datagram by itself: a pool with an unbounded
 * queue, a buffer of 2,048 bytes, obedience to acknowledgement headers in the payload,
 * silence on empty payloads, and a silent end on any error of the socket.
 */
final class EchoInboundAdapter extends UnicastReceivingChannelAdapter {

	/** Apart from the class's own, in which the framework logs each start at length. */
	private static final LogAccessor serverLog = new LogAccessor("dev.udpprobe.echo.server");

	private static final int LONGEST_DATAGRAM = 1 << 16;

	private static final long SWEEP_NANOS = 1_000_000_000;

	private static final long DRAIN_NANOS = 500_000_000;

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private static final long ERROR_PAUSE_NANOS = 10_000_000;

	private final EchoSettings settings;

	private final Sessions sessions;

	private final EchoCounts counts;

	private final int greetingLength;

	private final ByteBuffer buffer;

	private final LogBudget logBudget = new LogBudget(1);

	private @Nullable EchoSocket echoSocket;

	private @Nullable Thread receiver;

	private @Nullable ExclusivePeer exclusivePeer;

	private @Nullable String lastError;

	private volatile boolean stopping;

	private volatile @Nullable String failure;

	EchoInboundAdapter(EchoSettings settings, Sessions sessions, EchoCounts counts) {
		super(settings.address().getPort());
		this.settings = settings;
		this.sessions = sessions;
		this.counts = counts;
		byte[] greeting = settings.greeting();
		this.buffer = ByteBuffer.allocateDirect(greeting.length + LONGEST_DATAGRAM).put(greeting);
		this.greetingLength = greeting.length;
		setTaskExecutor((loop) -> {
			this.receiver = Thread.ofPlatform().name("udp-echo").unstarted(loop);
			this.receiver.start();
		});
	}

	EchoSocket echoSocket() {
		return Objects.requireNonNull(this.echoSocket, "the echo server has not been started");
	}

	/**
	 * @return why the server stopped listening by itself, or null if it did not
	 */
	@Nullable
	String failure() {
		return this.failure;
	}

	@Override
	protected void doStart() {
		try {
			EchoSocket socket = EchoSocket.open(this.settings.address(), this.settings.receiveBuffer());
			this.echoSocket = socket;
			this.exclusivePeer = (this.settings.mode() == EchoMode.EXCLUSIVE)
					? new ExclusivePeer(socket, this.sessions, this.counts)
					: null;
			setSocket(socket.asDatagramSocket());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.stopping = false;
		this.failure = null;
		setListening(true);
		super.doStart();
	}

	@Override
	public void run() {
		EchoSocket socket = echoSocket();
		getApplicationEventPublisher().publishEvent(new UdpServerListeningEvent(this, getPort()));
		serverLog.info("echo server (" + this.settings.mode().name().toLowerCase(Locale.ROOT) + ") listens on UDP port "
				+ getPort());
		try {
			while (!this.stopping && this.failure == null) {
				step(socket);
			}
			drain(socket);
		}
		finally {
			setListening(false);
			this.sessions.endAll();
			serverLog.info("received " + this.counts.received() + " datagrams");
		}
	}

	private void step(EchoSocket socket) {
		try {
			long idleNanos = this.sessions.endIdle(System.nanoTime());
			if (this.exclusivePeer != null) {
				this.exclusivePeer.releaseIfEnded();
			}
			socket.await(Math.min(idleNanos, SWEEP_NANOS));
			receiveAll(socket, System.nanoTime() + SWEEP_NANOS, true);
		}
		catch (ClosedChannelException _) {
			this.failure = "its socket was closed";
		}
		catch (IOException ex) {
			goOnAfter(ex);
		}
	}

	/**
	 * Answers what the kernel had queued when the server was stopped.
	 */
	private void drain(EchoSocket socket) {
		try {
			receiveAll(socket, System.nanoTime() + DRAIN_NANOS, false);
		}
		catch (IOException ex) {
			logger.debug(ex, "the rest of the queue is lost");
		}
	}

	private void receiveAll(EchoSocket socket, long deadlineNanos, boolean untilStopping) throws IOException {
		while (!(untilStopping && this.stopping)) {
			try {
				InetSocketAddress peer = socket.receive(this.buffer.clear().position(this.greetingLength));
				long nowNanos = System.nanoTime();
				if (peer == null) {
					if (this.exclusivePeer != null) {
						this.exclusivePeer.queueRead();
					}
					return;
				}
				this.buffer.limit(this.buffer.position()).position(this.greetingLength);
				handle(new DatagramMessage(peer, this.buffer, nowNanos));
				if (nowNanos - deadlineNanos >= 0) {
					return;
				}
			}
			catch (PortUnreachableException _) {
				if (this.exclusivePeer != null) {
					this.exclusivePeer.refused();
				}
			}
		}
	}

	private void handle(DatagramMessage datagram) throws IOException {
		ExclusivePeer exclusive = this.exclusivePeer;
		if (exclusive == null) {
			dispatch(datagram);
		}
		else if (exclusive.admits(datagram.peer())) {
			dispatch(datagram);
			exclusive.handled(datagram.peer());
		}
		else {
			this.counts.received(datagram.getPayload().remaining());
			this.counts.dropped(DropReason.OTHER_PEER);
		}
	}

	/**
	 * Straight to the channel: the messaging template would look into headers that are not
	 * there.
	 */
	private void dispatch(DatagramMessage datagram) {
		try {
			Objects.requireNonNull(getOutputChannel()).send(datagram);
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

	@Override
	protected void doStop() {
		this.stopping = true;
		EchoSocket socket = this.echoSocket;
		Thread thread = this.receiver;
		try {
			if (socket != null && thread != null) {
				socket.wakeUp();
				thread.join(STOP_TIMEOUT);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		super.doStop();
		if (socket != null) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				logger.debug(ex, "cannot close the echo server's socket");
			}
		}
	}

}
