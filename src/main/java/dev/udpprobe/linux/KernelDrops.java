package dev.udpprobe.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Datagrams that the kernel dropped before they could be read, mostly because a socket's
 * receive buffer was full. From the last column of {@code /proc/net/udp} and
 * {@code udp6}, see {@code proc_net(5)}.
 */
public final class KernelDrops {

	private static final List<Path> TABLES = Stream.of("/proc/net/udp", "/proc/net/udp6").map(Path::of).toList();

	private static final int LOCAL_ADDRESS = 1;

	private KernelDrops() {}

	/**
	 * Whether this system tells.
	 */
	public static boolean known() {
		return TABLES.stream().anyMatch(Files::isReadable);
	}

	/**
	 * @return the drops of all sockets that are bound to this port, since they were opened
	 * @throws UncheckedIOException if the tables cannot be read
	 */
	public static long ofPort(int port) {
		String suffix = ":%04X".formatted(port);
		return TABLES.stream().filter(Files::isReadable).mapToLong((table) -> ofPort(table, suffix)).sum();
	}

	private static long ofPort(Path table, String suffix) {
		try (Stream<String> lines = Files.lines(table)) {
			return lines.skip(1)
					.map((line) -> line.strip().split("\\s+", -1))
					.filter((columns) -> columns[LOCAL_ADDRESS].endsWith(suffix))
					.mapToLong((columns) -> Long.parseLong(columns[columns.length - 1]))
					.sum();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
