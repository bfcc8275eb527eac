package dev.udpprobe.echo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import org.junit.jupiter.api.Test;

import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.server.ServerCounts;

import static org.assertj.core.api.Assertions.assertThat;

class SessionsTests {

	private static final long SECOND = 1_000_000_000;

	private final Sessions sessions = sessions(3);

	private static Sessions sessions(int max) {
		return new Sessions(max, Duration.ofSeconds(10), new ServerCounts(EchoDrop.values()));
	}

	private static InetSocketAddress peer(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	private static PeerAddress address(int port) {
		return PeerAddress.of(peer(port));
	}

	private List<Session> peers() {
		try (Sessions.Walk walk = this.sessions.walk()) {
			return walk.next(1_000);
		}
	}

	@Test
	void remembersWhatAPeerSent() {
		long now = System.nanoTime();
		this.sessions.seen(address(1), 5, now - 3 * SECOND);
		this.sessions.seen(address(1), 7, now - SECOND);
		Session session = peers().getFirst();
		assertThat(session.peer()).isEqualTo(peer(1));
		assertThat(session.datagrams()).isEqualTo(2);
		assertThat(session.bytes()).isEqualTo(12);
		assertThat(Duration.between(session.firstSeen(), session.lastSeen())).isEqualTo(Duration.ofSeconds(2));
		assertThat(session.lastSeen()).isBefore(Instant.now());
	}

	@Test
	void endsTheLeastRecentlySeenWhereThereIsNoPlace() {
		for (int port = 1; port <= 3; port++) {
			this.sessions.seen(address(port), 0, port);
		}
		this.sessions.seen(address(1), 0, 4);
		this.sessions.seen(address(4), 0, 5);
		assertThat(peers()).extracting(Session::peer).containsExactly(peer(4), peer(1), peer(3));
		assertThat(this.sessions.endedBy(SessionEnd.EVICTED)).isEqualTo(1);
	}

	@Test
	void goesThroughThemInStepsTheMostRecentFirst() {
		Sessions many = sessions(5_000);
		for (int port = 1; port <= 5_000; port++) {
			many.seen(address(port), 0, port);
		}
		try (Sessions.Walk walk = many.walk()) {
			assertThat(walk.next(2)).extracting(Session::peer).containsExactly(peer(5_000), peer(4_999));
			walk.skip(4_000);
			assertThat(walk.next(1)).extracting(Session::peer).containsExactly(peer(998));
			walk.skip(996);
			assertThat(walk.next(2)).extracting(Session::peer).containsExactly(peer(1));
			assertThat(walk.next(2)).isEmpty();
		}
	}

	/**
	 * Seen again, ended, new and turned out by a new one, between two steps.
	 */
	@Test
	void aWalkGoesOnWhereItWasWhateverHappensMeanwhile() {
		Sessions five = sessions(5);
		for (int port = 1; port <= 5; port++) {
			five.seen(address(port), 0, port);
		}
		try (Sessions.Walk walk = five.walk(); Sessions.Walk other = five.walk()) {
			assertThat(walk.next(1)).extracting(Session::peer).containsExactly(peer(5));
			five.seen(address(5), 0, 6);
			five.seen(address(4), 0, 7);
			five.end(address(3), SessionEnd.FAREWELL);
			five.seen(address(6), 0, 8);
			five.seen(address(7), 0, 9);
			assertThat(five.endedBy(SessionEnd.EVICTED)).as("the first one").isEqualTo(1);
			assertThat(walk.next(5)).extracting(Session::peer).containsExactly(peer(2));
			assertThat(other.next(5)).extracting(Session::peer).containsExactly(peer(2));
		}
		five.endIdle(60 * SECOND);
		assertThat(five.size()).isZero();
	}

	@Test
	void endsTheIdle() {
		long start = Long.MAX_VALUE - SECOND;
		this.sessions.seen(address(1), 0, start);
		this.sessions.seen(address(2), 0, start + 4 * SECOND);
		this.sessions.endIdle(start + 10 * SECOND - 1);
		assertThat(this.sessions.size()).isEqualTo(2);
		this.sessions.endIdle(start + 10 * SECOND);
		assertThat(this.sessions.contains(address(1))).isFalse();
		assertThat(this.sessions.contains(address(2))).isTrue();
		this.sessions.endIdle(start + 20 * SECOND);
		assertThat(this.sessions.size()).isZero();
		assertThat(this.sessions.endedBy(SessionEnd.IDLE)).isEqualTo(2);
	}

	@Test
	void endsAllWhenTheServerStops() {
		this.sessions.seen(address(1), 0, 0);
		this.sessions.seen(address(2), 0, 0);
		this.sessions.endAll();
		assertThat(this.sessions.size()).isZero();
		assertThat(this.sessions.endedBy(SessionEnd.STOPPED)).isEqualTo(2);
	}

	@Test
	void logsTheCountOfASessionButNoFlood() {
		List<String> lines = new ArrayList<>();
		Logger logger = Logger.getLogger(Sessions.class.getName());
		Handler handler = new StreamHandler() {
			@Override
			public synchronized void publish(LogRecord line) {
				lines.add(line.getMessage());
			}
		};
		logger.addHandler(handler);
		this.sessions.seen(address(1), 0, 0);
		this.sessions.seen(address(1), 0, 0);
		for (int port = 1; port < 1_000; port++) {
			this.sessions.seen(address(port), 0, 0);
			this.sessions.end(address(port), SessionEnd.FAREWELL);
		}
		int farewells = lines.size();
		for (int port = 1; port < 10; port++) {
			this.sessions.seen(address(port), 0, 0);
		}
		this.sessions.endIdle(11 * SECOND);
		assertThat(lines).as("eviction and idleness are nothing to tell").hasSize(farewells);
		logger.removeHandler(handler);
		assertThat(lines).anyMatch((line) -> line.contains("(farewell) after 3 datagrams")).hasSizeBetween(1, 100);
	}

}
