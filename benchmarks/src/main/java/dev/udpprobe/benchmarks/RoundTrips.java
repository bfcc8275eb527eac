package dev.udpprobe.benchmarks;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.RoundTrip;

/**
 * Exchanges by the engine at an even pace, and one line on each of what it told of the
 * round trip. {@code exchanges.c} does the same, and {@link RoundTripErrors} compares.
 */
final class RoundTrips {

	/** Marks the sequence as this program's. */
	static final long CLIENT = 2L << 56;

	private static final int LENGTH = 64;

	static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final int GARBAGE_KEPT = 2_000;

	private final InetSocketAddress remote;

	private final Exchange[] told;

	private final int warmUp;

	private final int callers;

	private final Duration beat;

	private RoundTrips(InetSocketAddress remote, int count, int warmUp, int perSecond, int callers) {
		this.remote = remote;
		this.told = new Exchange[count];
		this.warmUp = warmUp;
		this.callers = callers;
		this.beat = Duration.ofSeconds(1).dividedBy(perSecond);
	}

	/**
	 * @param args address, port, exchanges, exchanges before those, exchanges per second,
	 * callers, and threads that do nothing but allocate
	 */
	public static void main(String[] args) throws Exception {
		int[] numbers = IntStream.range(1, args.length).map((i) -> Integer.parseInt(args[i])).toArray();
		for (int i = 0; i < numbers[5]; i++) {
			Thread.ofPlatform().daemon().start(RoundTrips::litter);
		}
		KernelDetail detail = KernelDetail.find();
		if (!detail.times()) {
			throw new IllegalStateException(detail.noTimes());
		}
		try (ExchangeEngine engine = new ExchangeEngine(1_000, 1, detail, DestinationRates.NONE)) {
			new RoundTrips(new InetSocketAddress(args[0], numbers[0]), numbers[1], numbers[2], numbers[3], numbers[4])
					.run(engine);
		}
	}

	/**
	 * Half of it lives for a while, so that the collector has to copy and to compact.
	 */
	private static void litter() {
		byte[][] kept = new byte[GARBAGE_KEPT][];
		ThreadLocalRandom random = ThreadLocalRandom.current();
		while (true) {
			kept[random.nextInt(kept.length)] = new byte[random.nextInt(8_000)];
			kept[0] = new byte[random.nextInt(8_000)];
		}
	}

	private void run(ExchangeEngine engine) throws InterruptedException {
		Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
		long collected = collectorMillis();
		long startNanos = System.nanoTime();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < this.callers; i++) {
			int first = i;
			threads.add(Thread.startVirtualThread(() -> call(engine, start, first)));
		}
		for (Thread thread : threads) {
			thread.join();
		}
		long nanos = System.nanoTime() - startNanos;
		System.err.printf(Locale.ROOT,
				"engine: %d exchanges in %.1f s, collector at work for %.0f %% of that, outcomes %s%n",
				this.warmUp + this.told.length, nanos / 1e9, 100e6 * (collectorMillis() - collected) / nanos,
				Arrays.stream(this.told)
						.collect(
								Collectors.groupingBy((exchange) -> exchange.outcome().kind(), Collectors.counting())));
		for (int i = 0; i < this.told.length; i++) {
			Exchange exchange = this.told[i];
			RoundTrip roundTrip = exchange.outcome().roundTrip();
			String figures = (roundTrip != null)
					? "%d %s %d".formatted(roundTrip.nanos(), roundTrip.clock().label(), roundTrip.jvmNanos())
					: "0 none 0";
			System.out.printf(Locale.ROOT, "engine %d %d %s%n", this.warmUp + i,
					Objects.requireNonNull(exchange.local()).getPort(), figures);
		}
	}

	/**
	 * The callers take turns, on the beat of the wall clock: the other client sends half
	 * way between two beats.
	 */
	private void call(ExchangeEngine engine, Instant start, int first) {
		Instant due = start.plus(this.beat.multipliedBy(first));
		for (int i = first; i < this.warmUp + this.told.length; i += this.callers) {
			sleepUntil(due);
			byte[] payload = ByteBuffer.allocate(LENGTH).put(Capture.MAGIC).putLong(CLIENT | i).array();
			Exchange exchange = engine.exchange(this.remote, payload, TIMEOUT, ExchangeOptions.CONNECTED).join();
			if (i >= this.warmUp) {
				this.told[i - this.warmUp] = exchange;
			}
			Instant now = Instant.now();
			due = due.plus(this.beat.multipliedBy(this.callers));
			due = due.isAfter(now) ? due : now;
		}
	}

	private static void sleepUntil(Instant due) {
		long nanos;
		while ((nanos = Instant.now().until(due, ChronoUnit.NANOS)) > 0) {
			LockSupport.parkNanos(nanos);
		}
	}

	private static long collectorMillis() {
		return ManagementFactory.getGarbageCollectorMXBeans()
				.stream()
				.mapToLong(GarbageCollectorMXBean::getCollectionTime)
				.sum();
	}

}
