package dev.udpprobe.echo;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.LogBudget;
import dev.udpprobe.net.PeerAddress;

/**
 * The sessions of all peers, in the order in which they were last seen, so that the idle
 * ones are found at one end. Bounded: where there is no room, the least recently seen
 * session ends. Safe for any number of threads.
 */
public final class Sessions {

	private static final System.Logger logger = System.getLogger(Sessions.class.getName());

	private static final int LOGGED_PER_SECOND = 10;

	private final LogBudget logBudget = new LogBudget(LOGGED_PER_SECOND);

	private final Map<PeerAddress, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

	private final int maxSessions;

	private final long idleNanos;

	private final Map<SessionEnd, LongAdder> ended = new EnumMap<>(SessionEnd.class);

	private static final class Entry {

		private final long firstSeenNanos;

		private long lastSeenNanos;

		private long datagrams;

		private long bytes;

		private Entry(long firstSeenNanos) {
			this.firstSeenNanos = firstSeenNanos;
		}

		private Session of(PeerAddress peer, Instant now, long nowNanos) {
			return new Session(peer.toSocketAddress(), this.datagrams, this.bytes,
					now.minusNanos(nowNanos - this.firstSeenNanos),
					now.minusNanos(nowNanos - this.lastSeenNanos));
		}

	}

	/**
	 * @param maxSessions at least 1
	 * @param idle how long a peer may be silent before its session ends; positive
	 */
	public Sessions(int maxSessions, Duration idle) {
		this.maxSessions = maxSessions;
		this.idleNanos = idle.toNanos();
		for (SessionEnd cause : SessionEnd.values()) {
			this.ended.put(cause, new LongAdder());
		}
	}

	/**
	 * Notes a datagram of a peer, whose session begins with its first one.
	 */
	synchronized void seen(PeerAddress peer, int bytes, long nowNanos) {
		Entry entry = this.entries.get(peer);
		if (entry == null) {
			if (this.entries.size() == this.maxSessions) {
				endEldest(SessionEnd.EVICTED);
			}
			entry = new Entry(nowNanos);
			this.entries.put(peer.copy(), entry);
		}
		entry.lastSeenNanos = nowNanos;
		entry.datagrams++;
		entry.bytes += bytes;
	}

	/**
	 * Ends the session of a peer, if it has one.
	 */
	synchronized void end(PeerAddress peer, SessionEnd cause) {
		ended(peer, this.entries.remove(peer), cause);
	}

	/**
	 * Ends every session that has been idle for too long.
	 */
	synchronized void endIdle(long nowNanos) {
		while (!this.entries.isEmpty()
				&& nowNanos - this.entries.values().iterator().next().lastSeenNanos >= this.idleNanos) {
			endEldest(SessionEnd.IDLE);
		}
	}

	/**
	 * Ends all sessions, because the server stops.
	 */
	synchronized void endAll() {
		while (!this.entries.isEmpty()) {
			endEldest(SessionEnd.STOPPED);
		}
	}

	private void endEldest(SessionEnd cause) {
		Iterator<Map.Entry<PeerAddress, Entry>> eldest = this.entries.entrySet().iterator();
		Map.Entry<PeerAddress, Entry> entry = eldest.next();
		eldest.remove();
		ended(entry.getKey(), entry.getValue(), cause);
	}

	private void ended(PeerAddress peer, @Nullable Entry entry, SessionEnd cause) {
		if (entry != null) {
			Objects.requireNonNull(this.ended.get(cause)).increment();
			boolean told = cause != SessionEnd.IDLE && cause != SessionEnd.EVICTED && this.logBudget.take();
			logger.log(told ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
					() -> String.format(Locale.ROOT, "session of %s ended (%s) after %,d datagrams", peer,
							cause.label(), entry.datagrams));
		}
	}

	/**
	 * @return how many sessions ended so, since the process started
	 */
	public long endedBy(SessionEnd cause) {
		return Objects.requireNonNull(this.ended.get(cause)).sum();
	}

	public synchronized boolean contains(PeerAddress peer) {
		return this.entries.containsKey(peer);
	}

	public synchronized int size() {
		return this.entries.size();
	}

	/**
	 * @return a copy of all sessions, the least recently seen one first
	 */
	public synchronized List<Session> snapshot() {
		long nowNanos = System.nanoTime();
		Instant now = Instant.now();
		return this.entries.entrySet()
				.stream()
				.map((entry) -> entry.getValue().of(entry.getKey(), now, nowNanos))
				.toList();
	}

}
