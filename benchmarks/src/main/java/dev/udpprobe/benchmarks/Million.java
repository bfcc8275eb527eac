package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.ThreadMXBean;

import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.SaturatedException;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

/**
 * What many exchanges leave behind: descriptors, memory, threads. Nine tenths are answered
 * but for one in a hundred, which meets silence; one tenth is refused.
 */
final class Million {

	private static final int STEPS = 10;

	/** Of discard (RFC 863), where hardly anybody listens; no exchange leaves from it. */
	private static final int CLOSED_PORT = 9;

	private static final int CALLERS = 16;

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final Duration SHORT_TIMEOUT = Duration.ofMillis(20);

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final Pattern COMMITTED = Pattern.compile("(Total|Other).*committed=([0-9]+)KB");

	private final Map<Outcome.Kind, Integer> outcomes = new EnumMap<>(Outcome.Kind.class);

	private final ExchangeEngine engine;

	private final InetSocketAddress answering;

	private final InetSocketAddress closed;

	private final InetSocketAddress silent;

	private Million(ExchangeEngine engine, InetSocketAddress answering, InetSocketAddress closed,
			InetSocketAddress silent) {
		this.engine = engine;
		this.answering = answering;
		this.closed = closed;
		this.silent = silent;
	}

	/**
	 * @param args the echo server's port, the exchanges, and "kernel", or "jvm" to do
	 * without the kernel's detail
	 */
	public static void main(String[] args) throws Exception {
		int exchanges = Integer.parseInt(args[1]);
		KernelDetail detail = args[2].equals("kernel")
				? KernelDetail.find()
				: KernelDetail.none("this run does without");
		System.out.printf(Locale.ROOT, "%s, errors %s, times %s%n", args[2], detail.errors(), detail.times());
		try (DatagramChannel silent = bound();
				ExchangeEngine engine = new ExchangeEngine(1_000, 1, detail, DestinationRates.NONE)) {
			new Million(engine, new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
					new InetSocketAddress(InetAddress.getLoopbackAddress(), CLOSED_PORT),
					(InetSocketAddress) silent.getLocalAddress()).run(exchanges);
		}
	}

	private static DatagramChannel bound() throws IOException {
		return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	private void run(int exchanges) throws Exception {
		System.out.printf(Locale.ROOT, "%9s %6s %8s %8s %8s %8s %8s %8s %8s %8s%n", "exchanges", "s", "bytes", "fds",
				"RSS", "anon", "NMT all", "other", "heap", "threads");
		print(0, 0, 0);
		for (int step = 1; step <= STEPS; step++) {
			long bytes = allocated();
			long start = System.nanoTime();
			work(exchanges / STEPS);
			print(step * (exchanges / STEPS), (System.nanoTime() - start) / 1e9,
					(double) (allocated() - bytes) / (exchanges / STEPS));
		}
		System.out.println(this.outcomes);
	}

	private static long allocated() {
		return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
	}

	private void work(int exchanges) throws Exception {
		AtomicInteger next = new AtomicInteger();
		var callers = IntStream.range(0, CALLERS)
				.mapToObj((_) -> new FutureTask<>(() -> call(next, exchanges)))
				.peek(Thread::startVirtualThread)
				.toList();
		for (FutureTask<Map<Outcome.Kind, Integer>> caller : callers) {
			caller.get().forEach((kind, count) -> this.outcomes.merge(kind, count, Integer::sum));
		}
	}

	private Map<Outcome.Kind, Integer> call(AtomicInteger next, int exchanges) throws InterruptedException {
		Map<Outcome.Kind, Integer> counts = new EnumMap<>(Outcome.Kind.class);
		byte[] payload = new byte[64];
		int i;
		while ((i = next.getAndIncrement()) < exchanges) {
			InetSocketAddress remote = (i % 10 == 1) ? this.closed : (i % 100 == 2) ? this.silent : this.answering;
			Duration timeout = (remote == this.silent) ? SHORT_TIMEOUT : TIMEOUT;
			counts.merge(outcome(remote, payload, timeout), 1, Integer::sum);
		}
		return counts;
	}

	/**
	 * The engine gives each local port a rest, which many callers at full speed can outrun.
	 */
	private Outcome.Kind outcome(InetSocketAddress remote, byte[] payload, Duration timeout)
			throws InterruptedException {
		while (true) {
			try {
				return this.engine.exchange(remote, payload, timeout, ExchangeOptions.CONNECTED)
						.join()
						.outcome()
						.kind();
			}
			catch (SaturatedException _) {
				Thread.sleep(1);
			}
		}
	}

	private static void print(int exchanges, double seconds, double bytes) throws IOException, JMException {
		System.gc();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		Map<String, Long> committed = committed();
		System.out.printf(Locale.ROOT, "%9d %6.1f %8.0f %8d %8d %8d %8d %8d %8d %8d%n", exchanges, seconds, bytes,
				descriptors(), status("VmRSS"), status("RssAnon"), committed.get("Total"), committed.get("Other"),
				heap / 1024, ManagementFactory.getThreadMXBean().getThreadCount());
	}

	private static long descriptors() throws IOException {
		try (Stream<Path> open = Files.list(DESCRIPTORS)) {
			return open.count() - 1;
		}
	}

	/** In KiB. */
	private static long status(String field) throws IOException {
		return Files.readAllLines(STATUS)
				.stream()
				.filter((line) -> line.startsWith(field + ":"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
	}

	/**
	 * What the JVM's own account of native memory says, in KiB. "Other" is what foreign
	 * arenas and direct buffers take.
	 */
	private static Map<String, Long> committed() throws JMException {
		String summary = (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmNativeMemory",
						new Object[]{new String[]{"summary"}}, new String[]{String[].class.getName()});
		return COMMITTED.matcher(summary)
				.results()
				.collect(Collectors.toMap((found) -> found.group(1),
						(found) -> Long.parseLong(found.group(2)), (first, _) -> first));
	}

}
