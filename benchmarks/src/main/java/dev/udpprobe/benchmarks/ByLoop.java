package dev.udpprobe.benchmarks;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.OperatingSystemMXBean;

import dev.udpprobe.exchange.Correlation;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.exchange.SaturatedException;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

/**
 * What an exchange costs that the engine's own loop begins, as soon as another one is over, so
 * that no thread waits and none is woken: on a fresh socket for each, or on one that is kept.
 * The peer is another process. Where the local ports are used up, the loop spins until one has
 * rested, and does nothing else meanwhile: the CPU of that counts too.
 */
final class ByLoop {

	private static final int LENGTH = 64;

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
			.getOperatingSystemMXBean();

	private final int window;

	private final CountDownLatch over;

	/** Written by the loop alone. */
	private final AtomicLong exchanges = new AtomicLong();

	private final AtomicLong lost = new AtomicLong();

	private volatile boolean ending;

	private volatile Throwable failure;

	private ByLoop(int window) {
		this.window = window;
		this.over = new CountDownLatch(window);
	}

	/**
	 * @param args the echo server's port, "fresh" or "kept", the window, seconds to warm up, seconds
	 * to measure
	 */
	public static void main(String[] args) throws Exception {
		InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
		boolean fresh = args[1].equals("fresh");
		int window = Integer.parseInt(args[2]);
		KernelDetail detail = KernelDetail.find();
		if (!detail.errors() || !detail.times()) {
			throw new IllegalStateException(detail.toString());
		}
		double warmUp = Double.parseDouble(args[3]);
		double seconds = Double.parseDouble(args[4]);
		try (ExchangeEngine engine = new ExchangeEngine(2 * window, 1, detail, DestinationRates.NONE)) {
			ByLoop loop = new ByLoop(window);
			if (fresh) {
				loop.begin(engine, remote);
				loop.measure(args[1], warmUp, seconds);
				return;
			}
			FlowSettings settings = new FlowSettings(window, new Numbers(), (_) -> {});
			try (Flow flow = engine.open(remote, ExchangeOptions.CONNECTED, settings)) {
				loop.begin(flow);
				loop.measure(args[1], warmUp, seconds);
			}
		}
	}

	private void begin(ExchangeEngine engine, InetSocketAddress remote) {
		for (int i = 0; i < this.window; i++) {
			exchange(engine, remote);
		}
	}

	private void begin(Flow flow) {
		for (int i = 0; i < this.window; i++) {
			send(flow, i);
		}
	}

	/**
	 * Nothing changes for the loop when the warm-up is over: if it ended something, the JVM would
	 * compile anew what has never ended before.
	 */
	private void measure(String mode, double warmUp, double seconds) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep((long) (warmUp * 1e9));
		long start = System.nanoTime();
		long cpu = SYSTEM.getProcessCpuTime();
		long exchangesBefore = this.exchanges.get();
		long lostBefore = this.lost.get();
		TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
		double cpuMicros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3;
		double wallMicros = (System.nanoTime() - start) / 1e3;
		long count = this.exchanges.get() - exchangesBefore;
		System.out.printf(Locale.ROOT, "mode=%s window=%d exchanges=%d lost=%d cpu_us=%.2f wall_us=%.2f%n", mode,
				this.window, count, this.lost.get() - lostBefore, cpuMicros / count, wallMicros / count);
		this.ending = true;
		this.over.await();
		if (this.failure != null) {
			throw new IllegalStateException(this.failure);
		}
	}

	private void fail(Throwable cause) {
		this.failure = cause;
		this.over.countDown();
	}

	private void exchange(ExchangeEngine engine, InetSocketAddress remote) {
		engine.exchange(remote, new byte[LENGTH], TIMEOUT, ExchangeOptions.CONNECTED)
				.whenComplete((exchange, cause) -> next(engine, remote, exchange, cause));
	}

	/** The engine gives each local port a rest, which a loop at full speed can outrun. */
	private void next(ExchangeEngine engine, InetSocketAddress remote, Exchange exchange, Throwable cause) {
		if (cause != null) {
			fail(cause);
			return;
		}
		count(exchange.outcome());
		if (isOver()) {
			return;
		}
		while (true) {
			try {
				exchange(engine, remote);
				return;
			}
			catch (SaturatedException _) {
				Thread.onSpinWait();
			}
			catch (RuntimeException ex) {
				fail(ex);
				return;
			}
		}
	}

	private void send(Flow flow, long number) {
		flow.send(number, ByteBuffer.allocate(LENGTH).putLong(number).array(), TIMEOUT)
				.whenComplete((datagram, cause) -> next(flow, datagram, cause));
	}

	private void next(Flow flow, FlowDatagram datagram, Throwable cause) {
		if (cause != null) {
			fail(cause);
			return;
		}
		count(datagram.outcome());
		if (!isOver()) {
			send(flow, datagram.key() + this.window);
		}
	}

	private void count(Outcome outcome) {
		this.exchanges.lazySet(this.exchanges.getPlain() + 1);
		if (!(outcome instanceof Outcome.Replied)) {
			this.lost.lazySet(this.lost.getPlain() + 1);
		}
	}

	private boolean isOver() {
		if (this.ending) {
			this.over.countDown();
		}
		return this.ending;
	}

	/**
	 * The number stands behind the greeting of four bytes.
	 */
	private static final class Numbers implements Correlation {

		private static final int GREETING = 4;

		@Override
		public long answered(ByteBuffer payload) {
			return (payload.remaining() == GREETING + LENGTH) ? payload.getLong(GREETING) : STRAY;
		}

		@Override
		public long quoted(ByteBuffer payload) {
			return (payload.remaining() >= Long.BYTES) ? payload.getLong(0) : OLDEST;
		}

	}

}
