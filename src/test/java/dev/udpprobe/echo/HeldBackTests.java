package dev.udpprobe.echo;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.echo.Alternations.Turns;
import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.server.BatchOf;
import dev.udpprobe.server.ServerCounts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a datagram is held back, and what ends that, at times that the test tells.
 */
class HeldBackTests {

	private static final long MILLI = 1_000_000;

	/** Held for so long is too long. */
	private static final long PAUSE = 100 * MILLI;

	private static final int TURNS = 256;

	private final ServerCounts counts = new ServerCounts(EchoDrop.values());

	private final Sessions sessions = new Sessions(40, Duration.ofSeconds(10), this.counts);

	private final Alternations alternations = this.sessions.alternations();

	/** Turns over meanwhile. */
	private long now = Long.MAX_VALUE - MILLI;

	private static PeerAddress peer(int port) {
		return PeerAddress.of(EchoFixture.loopback(port));
	}

	private Turns seen(int port, long afterNanos) {
		this.now += afterNanos;
		return this.sessions.seen(peer(port), 5, this.now);
	}

	private Turns manyTurns(int port) {
		Turns turns = seen(port, 0);
		for (int i = 1; i < TURNS; i++) {
			assertThat(seen(port, PAUSE - 1).areMany()).isFalse();
		}
		return turns;
	}

	private Turns held(int port) {
		manyTurns(port);
		Turns turns = seen(port, 1);
		assertThat(turns.areMany()).isTrue();
		this.alternations.hold(turns, batch(port), 0);
		return turns;
	}

	private static BatchOf batch(int port) {
		return new BatchOf(1, Arrivals.datagram("127.0.0.1", port), Arrivals.datagram("127.0.0.1", 1)).received();
	}

	private long dropped() {
		assertThat(this.counts.received()).isEqualTo(this.counts.dropped());
		return this.counts.droppedFor(EchoDrop.ALTERNATION);
	}

	@ParameterizedTest
	@ValueSource(longs = {0, -MILLI, PAUSE})
	void aWindowOrAPauseBeginsAnew(long nanos) {
		Turns turns = manyTurns(1);
		seen(1, nanos);
		assertThat(turns.areMany()).isFalse();
		for (int i = 1; i < TURNS; i++) {
			assertThat(seen(1, 1).areMany()).isFalse();
		}
		assertThat(seen(1, 1).areMany()).isTrue();
	}

	@Test
	void anotherDatagramInTimeBringsItBackAndEndsTheTest() {
		Turns turns = held(1);
		BatchOf batch = batch(1);
		this.now += PAUSE - 1;
		this.alternations.dropOverdue(this.now);
		seen(1, 0);
		assertThat(this.alternations.release(turns, batch, 0)).isSameAs(batch.get(1));
		assertThat(this.alternations.release(turns, batch, 0)).isNull();
		this.alternations.dropOverdue(this.now + PAUSE);
		assertThat(dropped()).isZero();
		isTestedNoMore(turns);
	}

	@Test
	void nothingInTimeDropsItAndEndsTheTest() {
		Turns turns = held(1);
		this.alternations.dropOverdue(this.now + PAUSE);
		assertThat(dropped()).isEqualTo(1);
		assertThat(this.alternations.release(turns, batch(1), 0)).isNull();
		isTestedNoMore(turns);
	}

	private void isTestedNoMore(Turns turns) {
		for (int i = 0; i <= 2 * TURNS; i++) {
			seen(1, 1);
			assertThat(turns.areMany()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void itIsDroppedWithItsSession(SessionEnd cause) {
		held(1);
		Consumer<Sessions> end = switch (cause) {
			case FAREWELL, REFUSED -> (all) -> all.end(peer(1), cause);
			case IDLE -> (all) -> all.endIdle(this.now + Duration.ofSeconds(10).toNanos());
			case STOPPED -> Sessions::endAll;
			case EVICTED -> (_) -> {
				for (int port = 2; port <= 41; port++) {
					seen(port, 0);
				}
			};
		};
		end.accept(this.sessions);
		assertThat(this.sessions.endedBy(cause)).isEqualTo(1);
		assertThat(dropped()).isEqualTo(1);
		this.alternations.dropOverdue(this.now + PAUSE);
		assertThat(dropped()).isEqualTo(1);
	}

	/**
	 * One batch has room for 32 that come back, and all that are held may come back into it.
	 */
	@Test
	void noMoreAreHeldThanComeBackIntoOneBatch() {
		Turns first = held(1);
		for (int port = 2; port <= 32; port++) {
			held(port);
		}
		BatchOf batch = batch(1);
		assertThat(this.alternations.release(first, batch, 0)).isNotNull();
		manyTurns(33);
		Turns last = seen(33, 1);
		this.alternations.hold(last, batch, 0);
		assertThat(last.areMany()).as("not held, so still to be tested").isTrue();
		this.alternations.hold(last, batch(33), 0);
		assertThat(last.areMany()).isFalse();
	}

	@Test
	void noMoreThan32AreHeldAtOnce() {
		List<Turns> all = IntStream.rangeClosed(1, 33).mapToObj(this::manyTurns).toList();
		for (Turns turns : all) {
			this.alternations.hold(turns, batch(1), 0);
		}
		this.sessions.endAll();
		assertThat(dropped()).isEqualTo(32);
	}

}
