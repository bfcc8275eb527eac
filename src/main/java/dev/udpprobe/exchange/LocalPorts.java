package dev.udpprobe.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hands out local ports so that a port comes round again only after every other one has.
 * A reply or refusal that comes late for one exchange can then meet another one only if
 * the whole range was used up in between, and never within {@link #REST_NANOS}.
 *
 * <p>
 * The order is shuffled, so that a sender who cannot see the traffic cannot guess the
 * next port (RFC 6056). Safe for any number of threads.
 */
final class LocalPorts {

	/**
	 * The minimum time between two exchanges on one port.
	 */
	static final long REST_NANOS = 500_000_000;

	/** Stands in the place of a time: the port misses its next turn. */
	private static final long PASSED_OVER = Long.MIN_VALUE;

	private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

	private static final Path RESERVED = Path.of("/proc/sys/net/ipv4/ip_local_reserved_ports");

	private final int[] ports;

	private final AtomicLongArray restUntilNanos;

	private final AtomicInteger next = new AtomicInteger();

	LocalPorts(int[] ports, Random random) {
		List<Integer> shuffled = IntStream.of(ports).boxed().collect(Collectors.toCollection(ArrayList::new));
		Collections.shuffle(shuffled, random);
		this.ports = shuffled.stream().mapToInt(Integer::intValue).toArray();
		this.restUntilNanos = new AtomicLongArray(1 << 16);
		long now = System.nanoTime();
		for (int port : this.ports) {
			this.restUntilNanos.set(port, now);
		}
	}

	/**
	 * The ports that the operating system itself would choose from: Linux' own setting
	 * ({@code ip(7)}), elsewhere the range of RFC 6335.
	 */
	static int[] ephemeral() {
		BitSet ports = new BitSet(1 << 16);
		try {
			String[] range = firstLine(RANGE).split("\\s+", -1);
			ports.set(Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1);
			for (String reserved : firstLine(RESERVED).split(",", -1)) {
				if (!reserved.isEmpty()) {
					String[] ends = reserved.split("-", -1);
					ports.clear(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
				}
			}
		}
		catch (IOException _) {
			ports.clear();
			ports.set(49_152, 65_536);
		}
		return ports.stream().toArray();
	}

	/**
	 * Read with one call of the operating system: from these files the second one gets
	 * nothing, and {@code Files.readString} makes the first one a single byte long.
	 */
	private static String firstLine(Path setting) throws IOException {
		return Files.readAllLines(setting).getFirst().strip();
	}

	/**
	 * @return the port that was not used for longest, or -1 if even that one was used less
	 * than {@link #REST_NANOS} ago
	 */
	int next() {
		int port = turn();
		for (int i = 1; i < this.ports.length && this.restUntilNanos.get(port) == PASSED_OVER; i++) {
			this.restUntilNanos.set(port, System.nanoTime());
			port = turn();
		}
		long restUntil = this.restUntilNanos.get(port);
		return (restUntil == PASSED_OVER || System.nanoTime() - restUntil >= 0) ? port : -1;
	}

	private int turn() {
		return this.ports[Math.floorMod(this.next.getAndIncrement(), this.ports.length)];
	}

	/**
	 * To be called before the port's channel is closed.
	 */
	void retire(int port) {
		this.restUntilNanos.set(port, System.nanoTime() + REST_NANOS);
	}

	/**
	 * Has a port miss its next turn, because somebody has used it out of turn: so it comes round again only after every other one,
	 * too. To be called before its channel is closed.
	 */
	void passOver(int port) {
		this.restUntilNanos.set(port, PASSED_OVER);
	}

}
