package dev.udpprobe.echo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.echo.Alternations.Turns;
import dev.udpprobe.net.LogBudget;
import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.server.ServerCounts;

/**
 * The sessions of all peers, in the order in which they were last seen, so that the idle
 * ones are found at one end. Bounded: where there is no room, the least recently seen
 * session ends. Safe for any number of threads.
 */
public final class Sessions {

	private static final System.Logger logger = System.getLogger(Sessions.class.getName());

	private static final int LOGGED_PER_SECOND = 10;

	private final LogBudget logBudget = new LogBudget(LOGGED_PER_SECOND);

	private final Map<PeerAddress, Entry> entries = new HashMap<>();

	private final SeenOrder order = new SeenOrder();

	private final int maxSessions;

	private final long idleNanos;

	private final Alternations alternations;

	private final Map<SessionEnd, LongAdder> ended = new EnumMap<>(SessionEnd.class);

	private static final class Entry extends SeenOrder.Place {

		private final PeerAddress peer;

		private final long firstSeenNanos;

		private final Turns turns;

		private long datagrams;

		private long bytes;

		private Entry(PeerAddress peer, long firstSeenNanos) {
			this.peer = peer;
			this.firstSeenNanos = firstSeenNanos;
			this.turns = new Turns(firstSeenNanos);
		}

		private Session session(Instant now, long nowNanos) {
			return new Session(this.peer.toSocketAddress(), this.datagrams, this.bytes,
					now.minusNanos(nowNanos - this.firstSeenNanos),
					now.minusNanos(nowNanos - this.turns.lastNanos()));
		}

	}

	/**
	 * @param maxSessions at least 1
	 * @param idle how long a peer may be silent before its session ends; positive
	 * @param counts of the datagrams that are dropped with a session
	 */
	public Sessions(int maxSessions, Duration idle, ServerCounts counts) {
		this.maxSessions = maxSessions;
		this.idleNanos = idle.toNanos();
		this.alternations = new Alternations(counts);
		for (SessionEnd cause : SessionEnd.values()) {
			this.ended.put(cause, new LongAdder());
		}
	}

	/**
	 * @return what is held back in them, under their lock
	 */
	Alternations alternations() {
		return this.alternations;
	}

	/**
	 * Notes a datagram of a peer, whose session begins with its first one.
	 * @return its turns, under the lock of the sessions
	 */
	synchronized Turns seen(PeerAddress peer, int bytes, long nowNanos) {
		Entry entry = this.entries.get(peer);
		if (entry == null) {
			if (this.entries.size() == this.maxSessions) {
				end(eldest(), SessionEnd.EVICTED);
			}
			entry = new Entry(peer.copy(), nowNanos);
			this.entries.put(entry.peer, entry);
		}
		this.order.putLast(entry);
		entry.turns.next(nowNanos);
		entry.datagrams++;
		entry.bytes += bytes;
		return entry.turns;
	}

	/**
	 * Ends the session of a peer, if it has one.
	 */
	synchronized void end(PeerAddress peer, SessionEnd cause) {
		end(this.entries.get(peer), cause);
	}

	/**
	 * Ends every session that has been idle for too long, and drops what others hold for too long.
	 */
	synchronized void endIdle(long nowNanos) {
		this.alternations.dropOverdue(nowNanos);
		Entry eldest = eldest();
		while (eldest != null && nowNanos - eldest.turns.lastNanos() >= this.idleNanos) {
			end(eldest, SessionEnd.IDLE);
			eldest = eldest();
		}
	}

	/**
	 * Ends all sessions, because the server stops.
	 */
	synchronized void endAll() {
		while (!this.entries.isEmpty()) {
			end(eldest(), SessionEnd.STOPPED);
		}
	}

	private @Nullable Entry eldest() {
		SeenOrder.Place place = this.order.first();
		while (place != null && !(place instanceof Entry)) {
			place = this.order.later(place);
		}
		return (Entry) place;
	}

	private void end(@Nullable Entry entry, SessionEnd cause) {
		if (entry != null) {
			this.alternations.drop(entry.turns);
			this.entries.remove(entry.peer);
			SeenOrder.remove(entry);
			Objects.requireNonNull(this.ended.get(cause)).increment();
			boolean told = cause != SessionEnd.IDLE && cause != SessionEnd.EVICTED && this.logBudget.take();
			logger.log(told ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
					() -> String.format(Locale.ROOT, "session of %s ended (%s) after %,d datagrams", entry.peer,
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
	 * @return goes through all sessions, the most recently seen first; to be closed
	 */
	public Walk walk() {
		return new Walk();
	}

	/**
	 * Goes through the sessions in short steps, between which the server goes on: a session that
	 * is seen again meanwhile may be left out, and none comes twice. Of one thread.
	 */
	public final class Walk implements AutoCloseable {

		/** The lock is held for as many sessions at most. */
		private static final int STEP = 1_000;

		private final SeenOrder.Place bookmark = new SeenOrder.Place();

		private Walk() {
			synchronized (Sessions.this) {
				Sessions.this.order.putLast(this.bookmark);
			}
		}

		/**
		 * Leaves the next ones out.
		 */
		public void skip(int count) {
			int left = count;
			while (left > 0 && step(Math.min(left, STEP), (_) -> {})) {
				left -= STEP;
			}
		}

		/**
		 * @param max 0 to 1,000
		 * @return the next ones, fewer than that at the end only
		 */
		public List<Session> next(int max) {
			List<Session> sessions = new ArrayList<>();
			long nowNanos = System.nanoTime();
			Instant now = Instant.now();
			step(Math.min(max, STEP), (entry) -> sessions.add(entry.session(now, nowNanos)));
			return sessions;
		}

		private boolean step(int count, Consumer<Entry> taker) {
			synchronized (Sessions.this) {
				SeenOrder.Place place = Sessions.this.order.earlier(this.bookmark);
				int left = count;
				while (place != null && left > 0) {
					if (place instanceof Entry entry) {
						taker.accept(entry);
						left--;
					}
					place = Sessions.this.order.earlier(place);
				}
				SeenOrder.remove(this.bookmark);
				if (place != null) {
					SeenOrder.putBehind(this.bookmark, place);
				}
				return place != null;
			}
		}

		@Override
		public void close() {
			synchronized (Sessions.this) {
				SeenOrder.remove(this.bookmark);
			}
		}

	}

}
