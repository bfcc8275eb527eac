package dev.udpprobe.benchmarks;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

/**
 * Many exchanges in flight at once, to a port that says nothing: the heap and the threads that
 * they take, and how late each hears that its time is over.
 */
final class InFlight {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	/** In which all are begun, evenly. */
	private static final long BEGIN_NANOS = 2_000_000_000;

	private static final int ROUNDS = 6;

	/** Longer than a local port rests. */
	private static final int PAUSE_MILLIS = 600;

	/**
	 * @param args how many
	 */
	public static void main(String[] args) throws Exception {
		int count = Integer.parseInt(args[0]);
		int threads = ManagementFactory.getThreadMXBean().getThreadCount();
		try (DatagramChannel silent = DatagramChannel.open()
				.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				ExchangeEngine engine = new ExchangeEngine(count, 1, KernelDetail.find(), DestinationRates.NONE)) {
			InetSocketAddress remote = (InetSocketAddress) silent.getLocalAddress();
			for (int round = 1; round <= ROUNDS; round++) {
				round(engine, remote, count, round, threads);
				Thread.sleep(PAUSE_MILLIS);
			}
		}
	}

	private static void round(ExchangeEngine engine, InetSocketAddress remote, int count, int round, int threads)
			throws Exception {
		long[] lateNanos = new long[count];
		AtomicInteger silent = new AtomicInteger();
		CountDownLatch over = new CountDownLatch(count);
		long startNanos = System.nanoTime();
		byte[] payload = new byte[OneExchange.LENGTH];
		for (int i = 0; i < count; i++) {
			int number = i;
			LockSupport.parkNanos(startNanos + BEGIN_NANOS / count * i - System.nanoTime());
			long begunNanos = System.nanoTime();
			engine.exchange(remote, payload, TIMEOUT, ExchangeOptions.CONNECTED).whenComplete((exchange, _) -> {
				lateNanos[number] = System.nanoTime() - begunNanos - TIMEOUT.toNanos();
				if (exchange != null && exchange.outcome() instanceof Outcome.TimedOut) {
					silent.incrementAndGet();
				}
				over.countDown();
			});
		}
		int inFlight = engine.inFlight();
		int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		over.await();
		Arrays.sort(lateNanos);
		System.out.printf(Locale.ROOT,
				"round=%d in_flight=%d silent=%d threads=+%d heap_mib=%.1f of %.1f late_ms p50=%.2f p99=%.2f max=%.2f%n",
				round, inFlight, silent.get(), more, heap / 1048576.0, Runtime.getRuntime().maxMemory() / 1048576.0,
				at(lateNanos, 0.5), at(lateNanos, 0.99), at(lateNanos, 1));
	}

	private static double at(long[] sorted, double share) {
		return sorted[(int) Math.round(share * (sorted.length - 1))] / 1e6;
	}

}
