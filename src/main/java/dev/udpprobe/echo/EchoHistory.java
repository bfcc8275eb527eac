package dev.udpprobe.echo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.UdpServer;

/**
 * What the echo server has counted over the last hour. Safe for any number of threads.
 */
public final class EchoHistory {

	/** From one sample to the next. */
	public static final Duration STEP = Duration.ofSeconds(10);

	private static final int MAX = 360;

	private final ServerCounts counts;

	private final Sessions sessions;

	private final @Nullable UdpServer server;

	private final Deque<Sample> samples = new ArrayDeque<>();

	/**
	 * All that was counted since the process started.
	 *
	 * @param dropped by reason, of those that occurred
	 * @param sessions how many there are
	 * @param kernelDrops what the kernel dropped before it could be received
	 */
	public record Sample(Instant time, long received, long replied, long farewells, Map<String, Long> dropped,
			int sessions, long kernelDrops) {}

	/**
	 * @param server null where there is none
	 */
	public EchoHistory(ServerCounts counts, Sessions sessions, @Nullable UdpServer server) {
		this.counts = counts;
		this.sessions = sessions;
		this.server = server;
	}

	/**
	 * @return whether there is an echo server, and it receives
	 */
	public boolean isListening() {
		return this.server != null && this.server.isListening();
	}

	/**
	 * @return the port of the echo server; null where there is none
	 */
	public @Nullable Integer port() {
		return (this.server != null) ? this.server.port() : null;
	}

	/**
	 * @return what is counted now
	 */
	public Sample now() {
		Map<String, Long> dropped = new TreeMap<>();
		for (DropReason reason : this.counts.reasons()) {
			long count = this.counts.droppedFor(reason);
			if (count > 0) {
				dropped.put(reason.label(), count);
			}
		}
		return new Sample(Instant.now(), this.counts.received(), this.counts.replied(), this.counts.ended(), dropped,
				this.sessions.size(), (this.server != null) ? this.server.kernelDrops() : 0);
	}

	/**
	 * Keeps what is counted now. To be called every {@link #STEP}.
	 */
	public void keep() {
		Sample sample = now();
		synchronized (this.samples) {
			if (this.samples.size() == MAX) {
				this.samples.removeFirst();
			}
			this.samples.addLast(sample);
		}
	}

	/**
	 * @return what was kept, in its order
	 */
	public List<Sample> kept() {
		synchronized (this.samples) {
			return List.copyOf(this.samples);
		}
	}

}
