package dev.udpprobe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.integration.core.MessageProducer;

import dev.udpprobe.echo.Amplification;
import dev.udpprobe.echo.DropSummary;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.EchoTransport;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.linux.BatchTrial;
import dev.udpprobe.linux.KernelDrops;

/**
 * The sockets of the echo server and their threads: what an inbound adapter starts, runs
 * and stops.
 */
final class EchoServer implements EchoStatus {

	/** Apart from the classes' own, in which the framework logs each start at length. */
	static final String LOGGER = "dev.udpprobe.echo.server";

	private static final LogAccessor logger = new LogAccessor(EchoServer.class);

	private static final LogAccessor serverLog = new LogAccessor(LOGGER);

	private static final long STOP_MILLIS = 5_000;

	private final EchoSettings settings;

	private final Sessions sessions;

	private final EchoCounts counts;

	private final Guard guard;

	private final Receiver.Opener opener;

	private final @Nullable String notNative;

	private volatile List<ReceiverLoop> loops = List.of();

	private List<Thread> threads = List.of();

	private volatile boolean running;

	/** Drops of the loops before the last stop; where only those of the port are known, all that were noted. */
	private long earlierDrops;

	private long portDrops;

	EchoServer(EchoSettings settings, Sessions sessions, EchoCounts counts, Guard guard) {
		this.guard = guard;
		this.settings = settings;
		this.sessions = sessions;
		this.counts = counts;
		this.notNative = (settings.transport() == EchoTransport.PORTABLE)
				? "so configured"
				: BatchTrial.unavailable();
		if (this.notNative != null && settings.transport() == EchoTransport.NATIVE) {
			throw new EchoTransportException(this.notNative);
		}
		DropSummary dropSummary = new DropSummary(counts, System.nanoTime());
		this.opener = isNative()
				? NativeReceiver.opener(settings, sessions, counts, dropSummary)
				: PortableReceiver.opener(settings, sessions, counts, guard, dropSummary);
	}

	/**
	 * @return what opens the sockets
	 */
	Receiver.Opener opener() {
		return this.opener;
	}

	/**
	 * Whether the transport is the native one.
	 */
	boolean isNative() {
		return this.notNative == null;
	}

	String transport() {
		return isNative() ? "native" : "portable";
	}

	/**
	 * Opens all sockets in the caller's thread, so that an address that is not available
	 * stops the start.
	 */
	void open(MessageProducer adapter) {
		// Straight to the channel: a messaging template would look into headers that are not there.
		open((datagrams) -> Objects.requireNonNull(adapter.getOutputChannel()).send(datagrams));
	}

	/**
	 * @param flow answers datagrams before it returns
	 */
	void open(Consumer<EchoMessage> flow) {
		List<ReceiverLoop> opened = new ArrayList<>();
		boolean complete = false;
		try {
			for (InetSocketAddress address : this.settings.addresses()) {
				open(opened, flow, (address.getPort() == 0 && !opened.isEmpty())
						? new InetSocketAddress(address.getAddress(), opened.getFirst().address().getPort())
						: address);
			}
			complete = true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			if (!complete) {
				opened.forEach(ReceiverLoop::close);
			}
		}
		this.guard.listensOn(opened.stream().mapToInt((loop) -> loop.address().getPort()).distinct().toArray());
		this.loops = List.copyOf(opened);
		this.threads = IntStream.range(0, opened.size())
				.mapToObj((i) -> Thread.ofPlatform().daemon().name("udp-echo-" + i).unstarted(opened.get(i)))
				.toList();
	}

	/**
	 * The first one without sharing, so that nobody else has the port unnoticed.
	 */
	private void open(List<ReceiverLoop> opened, Consumer<EchoMessage> flow, InetSocketAddress address)
			throws IOException {
		boolean share = this.settings.sockets() > 1;
		ReceiverLoop.Opener again = (same) -> this.opener.open(same, share, flow);
		Receiver first = this.opener.open(address, false, flow);
		opened.add(new ReceiverLoop(first, again));
		if (share) {
			first.sharePort();
		}
		for (int i = 1; i < this.settings.sockets(); i++) {
			opened.add(new ReceiverLoop(again.open(first.address()), again));
		}
	}

	/**
	 * Starts the threads. They keep no process alive whose start fails later on.
	 */
	void start() {
		this.running = true;
		this.threads.forEach(Thread::start);
		serverLog.info(() -> "echo server listens on UDP port %d (%s, %s)".formatted(port(),
				this.settings.mode().label(),
				isNative() ? "native" : "portable: " + this.notNative));
		Amplification.warning(this.settings.greeting().length).ifPresent(serverLog::warn);
	}

	@Override
	public int port() {
		List<ReceiverLoop> now = this.loops;
		return (now.isEmpty() ? this.settings.address() : now.getFirst().address()).getPort();
	}

	@Override
	public boolean isListening() {
		return failure() == null;
	}

	/**
	 * @return why it does not receive everything that is sent to it, or null if it does
	 */
	@Nullable
	String failure() {
		if (!this.running) {
			return "it has been stopped";
		}
		return Stream
				.concat(this.loops.stream().map(ReceiverLoop::failure),
						this.settings.addresses().stream().map(LocalAddress::trouble))
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
	}

	/**
	 * @return never fewer than before
	 */
	@Override
	public synchronized long kernelDrops() {
		if (isNative()) {
			return this.earlierDrops + this.loops.stream().mapToLong(ReceiverLoop::kernelDrops).sum();
		}
		try {
			// The port's go down when one of its sockets is closed.
			long now = KernelDrops.known() ? KernelDrops.ofPort(port()) : 0;
			this.earlierDrops += Math.max(0, now - this.portDrops);
			this.portDrops = now;
		}
		catch (UncheckedIOException ex) {
			logger.debug(ex, "the kernel tells no drops");
		}
		return this.earlierDrops;
	}

	/**
	 * Stops receiving, and returns when everything that has been received is answered.
	 */
	void stop() {
		if (!this.running) {
			return;
		}
		this.running = false;
		// While there are sockets that can be asked.
		kernelDrops();
		this.loops.forEach(ReceiverLoop::stop);
		this.threads.forEach(EchoServer::join);
		forgetLoops();
		this.sessions.endAll();
		serverLog.info(() -> "received %d datagrams".formatted(this.counts.received()));
	}

	private synchronized void forgetLoops() {
		this.earlierDrops = kernelDrops();
		this.loops = List.of();
	}

	private static void join(Thread thread) {
		try {
			thread.join(STOP_MILLIS);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
