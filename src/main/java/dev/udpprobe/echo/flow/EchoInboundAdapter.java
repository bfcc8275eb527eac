package dev.udpprobe.echo.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.integration.ip.udp.UdpServerListeningEvent;
import org.springframework.integration.ip.udp.inbound.UnicastReceivingChannelAdapter;

import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Sessions;

/**
 * The start of the flow. The life cycle is the adapter's; what it would do with a datagram
 * by itself is replaced by the {@link EchoReceiver}: a pool with an unbounded queue, a
 * buffer of 2,048 bytes, obedience to acknowledgement headers in the payload, silence on
 * empty payloads, and a silent end on any error of the socket.
 */
final class EchoInboundAdapter extends UnicastReceivingChannelAdapter {

	/** Apart from the class's own, in which the framework logs each start at length. */
	private static final LogAccessor serverLog = new LogAccessor("dev.udpprobe.echo.server");

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private final EchoSettings settings;

	private final Sessions sessions;

	private final EchoCounts counts;

	private volatile @Nullable EchoSocket echoSocket;

	private @Nullable EchoReceiver receiver;

	private @Nullable Thread thread;

	private volatile @Nullable String failure;

	EchoInboundAdapter(EchoSettings settings, Sessions sessions, EchoCounts counts) {
		super(settings.address().getPort());
		this.settings = settings;
		this.sessions = sessions;
		this.counts = counts;
		setTaskExecutor((loop) -> {
			this.thread = Thread.ofPlatform().name("udp-echo").unstarted(loop);
			this.thread.start();
		});
	}

	EchoSocket echoSocket() {
		return Objects.requireNonNull(this.echoSocket, "the echo server has not been started");
	}

	@Override
	public int getPort() {
		EchoSocket socket = this.echoSocket;
		return (socket != null) ? socket.port() : super.getPort();
	}

	/**
	 * @return why the server stopped listening by itself, or null if it did not
	 */
	@Nullable
	String failure() {
		return this.failure;
	}

	/**
	 * Opens the socket in the caller's thread, so that an address that is not to be had
	 * stops the start.
	 */
	@Override
	protected void doStart() {
		try {
			EchoSocket socket = EchoSocket.open(this.settings.address(), this.settings.receiveBuffer());
			this.echoSocket = socket;
			this.receiver = new EchoReceiver(socket, this.settings, this.sessions, this.counts, this::dispatch);
			setSocket(socket.asDatagramSocket());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.failure = null;
		setListening(true);
		super.doStart();
	}

	/**
	 * Straight to the channel: the messaging template would look into headers that are not
	 * there.
	 */
	private void dispatch(EchoMessage datagrams) {
		Objects.requireNonNull(getOutputChannel()).send(datagrams);
	}

	@Override
	public void run() {
		try {
			getApplicationEventPublisher().publishEvent(new UdpServerListeningEvent(this, getPort()));
			serverLog.info(() -> "echo server listens on UDP port %d (%s)".formatted(getPort(),
					this.settings.mode().name().toLowerCase(Locale.ROOT)));
			Objects.requireNonNull(this.receiver).run();
		}
		catch (ClosedChannelException _) {
			failed("its socket was closed");
		}
		catch (RuntimeException ex) {
			failed(ex.toString());
		}
		finally {
			setListening(false);
			this.sessions.endAll();
			serverLog.info(() -> "received %d datagrams".formatted(this.counts.received()));
		}
	}

	private void failed(String reason) {
		this.failure = reason;
		serverLog.error(() -> "the echo server has ended: " + reason);
	}

	@Override
	protected void doStop() {
		EchoSocket socket = this.echoSocket;
		if (this.receiver != null && this.thread != null && socket != null) {
			this.receiver.stop();
			join(this.thread);
			close(socket);
		}
		super.doStop();
	}

	private static void join(Thread thread) {
		try {
			thread.join(STOP_TIMEOUT);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private void close(EchoSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			logger.warn(ex, "cannot close the echo server's socket");
		}
	}

}
