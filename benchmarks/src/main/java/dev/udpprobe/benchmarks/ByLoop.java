package dev.udpprobe.benchmarks;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

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

	private final long deadlineNanos;

	private final CountDownLatch over;

	private long exchanges;

	private long lost;

	private volatile Throwable failure;

	private ByLoop(double seconds, int window) {
		this.deadlineNanos = System.nanoTime() + (long) (seconds * 1e9);
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
		try (ExchangeEngine engine = new ExchangeEngine(2 * window, 1, detail, DestinationRates.NONE)) {
			new ByLoop(Double.parseDouble(args[3]), window).run(engine, remote, fresh, window);
			long start = System.nanoTime();
			long cpu = SYSTEM.getProcessCpuTime();
			ByLoop measured = new ByLoop(Double.parseDouble(args[4]), window);
			measured.run(engine, remote, fresh, window);
			double exchanges = measured.exchanges;
			System.out.printf(Locale.ROOT, "mode=%s window=%d exchanges=%d lost=%d cpu_us=%.2f wall_us=%.2f%n", args[1],
					window, measured.exchanges, measured.lost, (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / exchanges,
					(System.nanoTime() - start) / 1e3 / exchanges);
		}
	}

	private void run(ExchangeEngine engine, InetSocketAddress remote, boolean fresh, int window) throws Exception {
		if (fresh) {
			for (int i = 0; i < window; i++) {
				exchange(engine, remote);
			}
			await();
			return;
		}
		FlowSettings settings = new FlowSettings(window, new Numbers(), (_) -> {});
		try (Flow flow = engine.open(remote, ExchangeOptions.CONNECTED, settings)) {
			for (int i = 0; i < window; i++) {
				send(flow, i, window);
			}
			await();
		}
	}

	private void await() throws InterruptedException {
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

	private void send(Flow flow, long number, int window) {
		flow.send(number, ByteBuffer.allocate(LENGTH).putLong(number).array(), TIMEOUT)
				.whenComplete((datagram, cause) -> next(flow, datagram, cause, window));
	}

	private void next(Flow flow, FlowDatagram datagram, Throwable cause, int window) {
		if (cause != null) {
			fail(cause);
			return;
		}
		count(datagram.outcome());
		if (!isOver()) {
			send(flow, datagram.key() + window, window);
		}
	}

	private void count(Outcome outcome) {
		this.exchanges++;
		if (!(outcome instanceof Outcome.Replied)) {
			this.lost++;
		}
	}

	private boolean isOver() {
		boolean isOver = System.nanoTime() - this.deadlineNanos >= 0;
		if (isOver) {
			this.over.countDown();
		}
		return isOver;
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
