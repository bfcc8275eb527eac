package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.echo.Admission;
import dev.udpprobe.echo.Datagram;
import dev.udpprobe.echo.Datagrams;
import dev.udpprobe.echo.DropSummary;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.LogBudget;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.linux.DatagramBatch;

/**
 * Receives by one system call for many datagrams, and replies by another. It blocks in the
 * first one, so a datagram that comes alone costs two calls. Nothing is allocated for a
 * datagram, except where a signature is checked.
 */
final class NativeReceiver implements Receiver {

	private static final LogAccessor logger = new LogAccessor(NativeReceiver.class);

	/** How many datagrams one call takes. */
	private static final int SLOTS = 64;

	/** How often idle sessions are looked for, at least. */
	private static final long SWEEP_NANOS = 1_000_000_000;

	/** How long what was queued when the server was stopped is answered. */
	private static final long DRAIN_NANOS = 500_000_000;

	private final NativeSocket socket;

	private final EchoSettings settings;

	private final Sessions sessions;

	private final EchoCounts counts;

	private final DropSummary dropSummary;

	private final Consumer<EchoMessage> flow;

	private final long sweepNanos;

	private final LogBudget logBudget = new LogBudget(1);

	private final SocketErrors errors = new SocketErrors();

	private volatile boolean stopping;

	private NativeReceiver(NativeSocket socket, EchoSettings settings, Sessions sessions, EchoCounts counts,
			DropSummary dropSummary, Consumer<EchoMessage> flow, long sweepNanos) {
		this.socket = socket;
		this.settings = settings;
		this.sessions = sessions;
		this.counts = counts;
		this.dropSummary = dropSummary;
		this.flow = flow;
		this.sweepNanos = sweepNanos;
	}

	/**
	 * @return what opens receivers of this kind
	 */
	static Opener opener(EchoSettings settings, Sessions sessions, EchoCounts counts, DropSummary dropSummary) {
		long sweepNanos = Math.min(SWEEP_NANOS, settings.sessionIdle().toNanos());
		return (address, sharePort, flow) -> new NativeReceiver(
				NativeSocket.open(address, settings.receiveBuffer(), sweepNanos, sharePort), settings, sessions, counts,
				dropSummary, flow, sweepNanos);
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
		try (DatagramBatch batch = new DatagramBatch(SLOTS, this.settings.greeting().length)) {
			batch.replies().segmenting(this.socket.segments());
			new Run(batch).run();
		}
	}

	@Override
	public void stop() {
		this.stopping = true;
		this.socket.wakeUp();
	}

	@Override
	public long kernelDrops() {
		return this.socket.kernelDrops();
	}

	@Override
	public void close() {
		this.socket.close();
	}

	/**
	 * With the memory that belongs to the receiving thread.
	 */
	private final class Run {

		private final DatagramBatch batch;

		private final Datagrams datagrams;

		private final EchoMessage message;

		private final @Nullable NativeHolder exclusive;

		private long sweptNanos = System.nanoTime();

		private Run(DatagramBatch batch) {
			byte[] greeting = NativeReceiver.this.settings.greeting();
			this.batch = batch;
			this.datagrams = new Datagrams(IntStream.range(0, SLOTS)
					.mapToObj((slot) -> new Datagram(batch.slot(slot), greeting))
					.toArray(Datagram[]::new));
			NativeHolder holder = (NativeReceiver.this.settings.mode() == EchoMode.EXCLUSIVE)
					? new NativeHolder(NativeReceiver.this.socket, NativeReceiver.this.sessions,
							NativeReceiver.this.counts)
					: null;
			this.exclusive = holder;
			this.message = new EchoMessage(this.datagrams,
					(holder != null) ? (peer, slot) -> holder.dropReason(batch, peer, slot) : Admission.ALL,
					new NativeReplies(NativeReceiver.this.socket, batch, NativeReceiver.this.counts));
		}

		private void run() throws IOException {
			while (!NativeReceiver.this.stopping) {
				try {
					receive(true);
					sweep();
					NativeReceiver.this.errors.none();
				}
				catch (IOException ex) {
					NativeReceiver.this.errors.goOnAfter(ex);
				}
			}
			drain();
		}

		/**
		 * @return whether there may be more
		 */
		private boolean receive(boolean wait) throws IOException {
			int count = 0;
			try {
				count = NativeReceiver.this.socket.receive(this.batch, wait);
			}
			catch (PortUnreachableException ex) {
				if (this.exclusive == null) {
					throw ex;
				}
				this.exclusive.receivedRefusal();
				return true;
			}
			if (count > 0) {
				take(count);
			}
			return count > 0;
		}

		private void take(int count) throws IOException {
			for (int i = 0; i < count; i++) {
				Datagram datagram = this.datagrams.get(i);
				datagram.peer().set(this.batch.senderHigh(i), this.batch.senderLow(i), this.batch.senderPort(i),
						this.batch.senderScope(i));
				datagram.received(this.batch.length(i), this.batch.isSentToMany(i));
			}
			this.datagrams.received(count);
			try {
				NativeReceiver.this.flow.accept(this.message);
			}
			catch (Error ex) {
				this.datagrams.fail(NativeReceiver.this.counts);
				throw ex;
			}
			catch (RuntimeException ex) {
				this.datagrams.fail(NativeReceiver.this.counts);
				if (NativeReceiver.this.logBudget.take()) {
					logger.error(ex, "cannot answer datagrams");
				}
			}
			if (this.exclusive != null) {
				this.exclusive.handled(this.batch);
			}
		}

		private void sweep() throws IOException {
			long nowNanos = System.nanoTime();
			if (nowNanos - this.sweptNanos >= NativeReceiver.this.sweepNanos) {
				this.sweptNanos = nowNanos;
				NativeReceiver.this.sessions.endIdle(nowNanos);
				NativeReceiver.this.dropSummary.logIfDue(nowNanos);
				if (this.exclusive != null) {
					this.exclusive.freeIfEnded();
				}
			}
		}

		private void drain() {
			long startNanos = System.nanoTime();
			try {
				NativeReceiver.this.socket.closeQueue();
				boolean more = true;
				while (more && System.nanoTime() - startNanos < DRAIN_NANOS) {
					more = receive(false);
				}
			}
			catch (IOException ex) {
				logger.debug(ex, "the rest of the queue is lost");
			}
		}

	}

}
