package dev.udpprobe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.linux.BatchTrial;
import dev.udpprobe.linux.KernelDrops;
import dev.udpprobe.net.LogBudget;

/**
 * The sockets of a service on UDP and their threads: what an inbound adapter starts, runs
 * and stops. What it tells of itself is for any thread.
 */
public final class UdpServer {

	private static final long STOP_MILLIS = 5_000;

	private static final long MIN_SWEEP_NANOS = 1_000_000;

	private static final long MAX_SWEEP_NANOS = 1_000_000_000;

	private final Service service;

	private final ServerSettings settings;

	private final Handler handler;

	/** Apart from the classes' own, in which the framework logs each start at length. */
	private final LogAccessor log;

	private final @Nullable String notNative;

	/** Where only the drops of the port are known, as told last. */
	private long portDrops;

	private volatile List<ReceiverLoop> loops = List.of();

	private List<Thread> threads = List.of();

	private volatile boolean running;

	/**
	 * @throws TransportException if the settings ask for the native transport, and there is none
	 */
	public UdpServer(ServerSettings settings, Handler handler, ServerCounts counts) {
		this.settings = settings;
		this.handler = handler;
		this.log = new LogAccessor("dev.udpprobe.%s.server".formatted(settings.name()));
		this.service = new Service(settings, handler, counts,
				new DropSummary(counts, this.log::info, System.nanoTime()), this.log, new LogBudget(1),
				Math.clamp(handler.sweepInterval().toNanos(), MIN_SWEEP_NANOS, MAX_SWEEP_NANOS), new LongAdder());
		this.notNative = (settings.transport() == Transport.PORTABLE) ? "so configured" : BatchTrial.unavailable();
		if (this.notNative != null && settings.transport() == Transport.NATIVE) {
			throw new TransportException(this.notNative);
		}
	}

	/**
	 * Opens a socket of the transport.
	 */
	UdpSocket open(InetSocketAddress address, boolean sharePort) throws IOException {
		return isNative()
				? new NativeSocket(address, sharePort, this.service)
				: new PortableSocket(address, sharePort, this.service);
	}

	boolean isNative() {
		return this.notNative == null;
	}

	String transport() {
		return isNative() ? "native" : "portable";
	}

	/**
	 * Opens all sockets in the caller's thread, so that an address that is not available
	 * stops the start.
	 * @param flow makes what takes the datagrams of a batch to their replies, each time that
	 * it is run by the thread to which the batch belongs
	 * @throws UncheckedIOException if a socket cannot be opened, by a {@link ServerBindException} if
	 * an address is not available
	 */
	void open(Function<Batch, Runnable> flow) {
		List<ReceiverLoop> opened = new ArrayList<>();
		boolean complete = false;
		try {
			for (InetSocketAddress address : this.settings.addresses()) {
				open(opened, flow, (address.getPort() == 0 && !opened.isEmpty())
						? new InetSocketAddress(address.getAddress(), opened.getFirst().address().getPort())
						: address);
			}
			this.handler
					.listensOn(opened.stream().mapToInt((loop) -> loop.address().getPort()).distinct().toArray());
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
		this.loops = List.copyOf(opened);
		this.threads = IntStream.range(0, opened.size())
				.mapToObj((i) -> Thread.ofPlatform()
						.daemon()
						.name("udp-%s-%d".formatted(this.settings.name(), i))
						.unstarted(opened.get(i)))
				.toList();
	}

	Service service() {
		return this.service;
	}

	/**
	 * The first one without sharing, so that nobody else has the port unnoticed.
	 */
	private void open(List<ReceiverLoop> opened, Function<Batch, Runnable> flow, InetSocketAddress address)
			throws IOException {
		UdpSocket first = open(address, false);
		opened.add(new ReceiverLoop(first, this::open, this.service, flow));
		if (this.service.sharesPort()) {
			first.sharePort();
		}
		for (int i = 1; i < this.settings.sockets(); i++) {
			opened.add(new ReceiverLoop(open(first.address(), true), this::open, this.service, flow));
		}
	}

	/**
	 * Starts the threads. They keep no process alive whose start fails later on.
	 */
	void start() {
		this.running = true;
		this.threads.forEach(Thread::start);
		this.log.info(() -> "%s server listens on UDP port %d (%s, %s)".formatted(this.settings.name(), port(),
				this.settings.description(), isNative() ? "native" : "portable: " + this.notNative));
		this.handler.warning().ifPresent(this.log::warn);
	}

	/**
	 * @return the port that it listens on, which is known only once it listens if any would do
	 */
	public int port() {
		List<ReceiverLoop> now = this.loops;
		return (now.isEmpty() ? this.settings.address() : now.getFirst().address()).getPort();
	}

	/**
	 * Whether all its sockets receive and reply, on addresses that still are addresses of this
	 * host.
	 */
	public boolean isListening() {
		return failure() == null;
	}

	/**
	 * @return why it does not answer everything that is sent to it, or null if it does
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
	 * @return datagrams that the kernel dropped before they could be read, since the process
	 * started; 0 where the system does not tell
	 */
	public synchronized long kernelDrops() {
		this.loops.forEach(ReceiverLoop::noteDrops);
		if (!isNative() && KernelDrops.known()) {
			notePortDrops();
		}
		return this.service.kernelDrops().sum();
	}

	/**
	 * Those of the port go down when one of its sockets is closed.
	 */
	private void notePortDrops() {
		try {
			long now = KernelDrops.ofPort(port());
			this.service.kernelDrops().add(Math.max(0, now - this.portDrops));
			this.portDrops = now;
		}
		catch (UncheckedIOException ex) {
			this.log.debug(ex, "the kernel tells no drops");
		}
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
		this.threads.forEach(UdpServer::join);
		this.loops = List.of();
		this.handler.stopped();
		this.service.dropSummary().logRest(System.nanoTime());
		this.log.info(() -> "received %d datagrams".formatted(this.service.counts().received()));
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
