package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How far what was told of round trips is from what a capture of the same datagrams shows.
 */
final class RoundTripErrors {

	private static final long NEAR_NANOS = 10_000;

	private static final Map<String, Long> CLIENTS = Map.of("c", 1L << 56, "engine", RoundTrips.CLIENT);

	private record Told(String client, long sequence, int localPort, long nanos, String clock, long ownNanos) {

		static Told of(String line) {
			String[] words = line.split(" ", -1);
			return new Told(words[0], CLIENTS.get(words[0]) | Long.parseLong(words[1]), Integer.parseInt(words[2]),
					Long.parseLong(words[3]), words[4], Long.parseLong(words[5]));
		}

		boolean answered() {
			return !this.clock.equals("none");
		}

	}

	private RoundTripErrors() {}

	/**
	 * @param args what the lines begin with, the server's port, the capture, and what each
	 * client told
	 */
	public static void main(String[] args) throws IOException {
		Capture capture = new Capture(Path.of(args[2]), Integer.parseInt(args[1]));
		for (String file : Arrays.asList(args).subList(3, args.length)) {
			compare(args[0], capture, Files.readAllLines(Path.of(file)).stream().map(Told::of).toList());
		}
	}

	private static void compare(String what, Capture capture, List<Told> told) {
		List<Told> known = told.stream().filter((one) -> one.answered() && captured(capture, one)).toList();
		String client = told.getFirst().client();
		print(what, "kernel", capture, known, Told::nanos);
		print(what, client.equals("c") ? "user" : "jvm", capture, known, Told::ownNanos);
		long byItself = known.stream().filter((one) -> !one.clock().equals("kernel")).count();
		List<Told> silent = told.stream().filter((one) -> !one.answered()).toList();
		if (byItself > 0) {
			System.out.printf(Locale.ROOT, "  of these, %d not by the kernel's clock%n", byItself);
		}
		if (known.size() < told.size()) {
			System.out.printf(Locale.ROOT,
					"  %d more taken for silent, of which the capture has %d replies in time; %d not captured%n",
					silent.size(), silent.stream().filter((one) -> inTime(capture, one)).count(),
					told.size() - silent.size() - known.size());
		}
	}

	private static boolean captured(Capture capture, Told told) {
		return capture.roundTrip(told.sequence(), told.localPort()) >= 0;
	}

	private static boolean inTime(Capture capture, Told told) {
		return captured(capture, told)
				&& capture.roundTrip(told.sequence(), told.localPort()) <= RoundTrips.TIMEOUT.toNanos();
	}

	private static void print(String what, String clock, Capture capture, List<Told> told,
			ToLongFunction<Told> nanos) {
		long[] truth = told.stream()
				.mapToLong((one) -> capture.roundTrip(one.sequence(), one.localPort()))
				.sorted()
				.toArray();
		long[] errors = told.stream()
				.mapToLong((one) -> Math
						.abs(nanos.applyAsLong(one) - capture.roundTrip(one.sequence(), one.localPort())))
				.sorted()
				.toArray();
		long near = Arrays.stream(errors).filter((error) -> error <= NEAR_NANOS).count();
		System.out.printf(Locale.ROOT, "%s %-7s %-7s %9d %9.1f %9.1f %9.1f %9.1f %9.1f %9.2f%n", what,
				told.getFirst().client(), clock, errors.length, micros(truth, 50), micros(errors, 50),
				micros(errors, 99),
				micros(errors, 99.9), micros(errors, 100), 100.0 * near / errors.length);
	}

	private static double micros(long[] sorted, double percent) {
		return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)] / 1e3;
	}

}
