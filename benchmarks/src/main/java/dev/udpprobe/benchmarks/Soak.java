package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a recording of the echo server tells of the time between two moments: what was
 * allocated, by which threads and as what, how often it was collected, and where the
 * receiving threads were.
 */
final class Soak {

	private static final String RECEIVERS = "udp-echo";

	private static final int ROWS = 12;

	private static final String PRODUCT = "dev.udpprobe.";

	/** Where there is none (it is Linux's alone), there are those of the running and of the native state. */
	private static final String CPU_SAMPLE = "jdk.CPUTimeSample";

	private static final Set<String> STATE_SAMPLES = Set.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

	private final Instant start;

	private final Instant end;

	private final long datagrams;

	private final Map<String, Allocated> allocated = new TreeMap<>();

	private final Map<String, Double> classes = new HashMap<>();

	private final Map<String, Map<String, Double>> methods = new TreeMap<>();

	private final Map<String, Double> collections = new TreeMap<>();

	private double pauseMillis;

	private Soak(Instant start, Instant end, long datagrams) {
		this.start = start;
		this.end = end;
		this.datagrams = datagrams;
	}

	/**
	 * @param args the recording, the two moments in milliseconds since 1970, and the
	 * datagrams echoed between them
	 */
	public static void main(String[] args) throws IOException {
		Soak soak = new Soak(Instant.ofEpochMilli(Long.parseLong(args[1])),
				Instant.ofEpochMilli(Long.parseLong(args[2])), Long.parseLong(args[3]));
		try (RecordingFile recording = new RecordingFile(Path.of(args[0]))) {
			while (recording.hasMoreEvents()) {
				soak.take(recording.readEvent());
			}
		}
		soak.print();
	}

	private void take(RecordedEvent event) {
		if (event.getStartTime().isBefore(this.start) || event.getStartTime().isAfter(this.end)) {
			return;
		}
		String type = event.getEventType().getName();
		switch (type) {
			case "jdk.ThreadAllocationStatistics" -> this.allocated
					.computeIfAbsent(name(event.getThread("thread")), (_) -> new Allocated())
					.told(event.getStartTime(), event.getLong("allocated"));
			case "jdk.ObjectAllocationSample" -> {
				if (isReceiver(event.getThread())) {
					this.classes.merge(event.getClass("objectClass").getName(), (double) event.getLong("weight"),
							Double::sum);
				}
			}
			case "jdk.GarbageCollection" -> {
				this.collections.merge(event.getString("name"), 1.0, Double::sum);
				this.pauseMillis += event.getDuration("sumOfPauses").toNanos() / 1e6;
			}
			default -> {
				if (type.equals(CPU_SAMPLE) || STATE_SAMPLES.contains(type)) {
					sampled(type, event);
				}
			}
		}
	}

	private void sampled(String type, RecordedEvent event) {
		RecordedThread thread = event.getThread((type.equals(CPU_SAMPLE)) ? "eventThread" : "sampledThread");
		if (isReceiver(thread)) {
			this.methods.computeIfAbsent(type, (_) -> new HashMap<>())
					.merge(place(event.getStackTrace()), 1.0, Double::sum);
		}
	}

	private static boolean isReceiver(RecordedThread thread) {
		return name(thread).startsWith(RECEIVERS);
	}

	private static String name(RecordedThread thread) {
		if (thread == null) {
			return "?";
		}
		return (thread.getJavaName() != null) ? thread.getJavaName() : String.valueOf(thread.getOSName());
	}

	/**
	 * The method, and which of ours has led there.
	 */
	private static String place(RecordedStackTrace trace) {
		if (trace == null || trace.getFrames().isEmpty()) {
			return "(no Java frame)";
		}
		String top = name(trace.getFrames().getFirst());
		return trace.getFrames()
				.stream()
				.map(Soak::name)
				.filter((name) -> name.startsWith(PRODUCT))
				.findFirst()
				.filter((ours) -> !ours.equals(top))
				.map((ours) -> top + " for " + ours)
				.orElse(top);
	}

	private static String name(RecordedFrame frame) {
		RecordedMethod method = frame.getMethod();
		return method.getType().getName() + "." + method.getName();
	}

	private void print() {
		double seconds = Duration.between(this.start, this.end).toNanos() / 1e9;
		double all = this.allocated.values().stream().mapToDouble(Allocated::perSecond).sum();
		System.out.printf(Locale.ROOT, "allocated, KiB/s: %.1f in all%n", all / 1024);
		this.allocated.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().perSecond() >= 1 || entry.getKey().startsWith(RECEIVERS))
				.sorted(Comparator.comparing((entry) -> -entry.getValue().perSecond()))
				.limit(ROWS)
				.forEach((entry) -> System.out.printf(Locale.ROOT, "%14.1f %s%n", entry.getValue().perSecond() / 1024,
						entry.getKey()));
		double received = this.allocated.entrySet()
				.stream()
				.filter((entry) -> entry.getKey().startsWith(RECEIVERS))
				.mapToDouble((entry) -> entry.getValue().perSecond())
				.sum();
		double datagramsPerSecond = this.datagrams / seconds;
		System.out.printf(Locale.ROOT, "bytes per echoed datagram: %.3f by %s*, %.3f in all%n",
				received / datagramsPerSecond, RECEIVERS, all / datagramsPerSecond);
		System.out.printf(Locale.ROOT, "collections: %.0f, %.1f ms of pauses in %.0f s %s%n",
				this.collections.values().stream().mapToDouble(Double::doubleValue).sum(), this.pauseMillis, seconds,
				(this.collections.isEmpty()) ? "" : this.collections);
		print("what " + RECEIVERS + "* allocated, sampled bytes", this.classes);
		if (this.methods.containsKey(CPU_SAMPLE)) {
			this.methods.keySet().removeAll(STATE_SAMPLES);
		}
		this.methods.forEach((type, counts) -> print("where " + RECEIVERS + "* was, samples of " + type, counts));
	}

	private static void print(String title, Map<String, Double> shares) {
		double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
		System.out.printf(Locale.ROOT, "%s: %.0f%n", title, sum);
		shares.entrySet()
				.stream()
				.sorted(Map.Entry.<String, Double>comparingByValue().reversed())
				.limit(ROWS)
				.forEach((entry) -> System.out.printf(Locale.ROOT, "%13.1f%% %s%n", 100 * entry.getValue() / sum,
						entry.getKey()));
	}

	/**
	 * What a thread had allocated when that was first and last told.
	 */
	private static final class Allocated {

		private Instant firstTold = Instant.MAX;

		private Instant lastTold = Instant.MIN;

		private long first;

		private long last;

		void told(Instant when, long bytes) {
			if (when.isBefore(this.firstTold)) {
				this.firstTold = when;
				this.first = bytes;
			}
			if (when.isAfter(this.lastTold)) {
				this.lastTold = when;
				this.last = bytes;
			}
		}

		double perSecond() {
			double seconds = Duration.between(this.firstTold, this.lastTold).toNanos() / 1e9;
			return (seconds > 0) ? (this.last - this.first) / seconds : 0;
		}

	}

}
