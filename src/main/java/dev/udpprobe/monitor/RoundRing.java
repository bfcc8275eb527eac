package dev.udpprobe.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.RoundTrips;

/**
 * The last rounds of one target, in nine bytes each, and how many there ever were of each outcome. For one thread at a time.
 */
@SuppressWarnings("EnumOrdinal")
final class RoundRing {

	static final int MAX = 360;

	private static final int MIN = 8;

	private static final int PASS = 0x80;

	/** RFC 3550 6.4.1: noise goes down, and yet it follows what changes. */
	private static final double JITTER_GAIN = 1.0 / 16;

	private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

	/** Since the round before it. */
	private int[] millis = new int[MIN];

	private byte[] outcomes = new byte[MIN];

	/** Not a number where nothing came back. */
	private float[] nanos = new float[MIN];

	private final long[] counts = new long[KINDS.length];

	private long lastMillis;

	/** Where the next one goes. */
	private int next;

	private int size;

	void add(Round round) {
		if (this.size == this.millis.length && this.size < MAX) {
			grow(Math.min(MAX, 2 * this.size));
		}
		long millis = round.time().toEpochMilli();
		Outcome outcome = round.result().outcome();
		RoundTrip roundTrip = outcome.roundTrip();
		this.millis[this.next] = Math.clamp(millis - this.lastMillis, Integer.MIN_VALUE, Integer.MAX_VALUE);
		this.outcomes[this.next] = (byte) (outcome.kind().ordinal() | (round.pass() ? PASS : 0));
		this.nanos[this.next] = (roundTrip != null) ? roundTrip.nanos() : Float.NaN;
		this.counts[outcome.kind().ordinal()]++;
		this.lastMillis = millis;
		this.next = (this.next + 1) % this.millis.length;
		this.size = Math.min(this.size + 1, this.millis.length);
	}

	/**
	 * Only where it is full, and so its next place is its first.
	 */
	private void grow(int length) {
		this.millis = Arrays.copyOf(this.millis, length);
		this.outcomes = Arrays.copyOf(this.outcomes, length);
		this.nanos = Arrays.copyOf(this.nanos, length);
		this.next = this.size;
	}

	/**
	 * @return in their order
	 */
	List<TargetHistory.PastRound> rounds() {
		return last(this.size);
	}

	/**
	 * @param told up to where somebody was told; null if nobody was
	 * @param max how many are told at the most
	 */
	TargetHistory.NewRounds since(TargetHistory.@Nullable Mark told, int max) {
		long count = LongStream.of(this.counts).sum();
		long before = (told != null && told.memory().equals(this)) ? told.count() : 0;
		return new TargetHistory.NewRounds(last((int) Math.min(count - before, Math.min(this.size, max))),
				new TargetHistory.Mark(this, count));
	}

	/**
	 * By number, not by time, because a clock may be set back.
	 */
	private List<TargetHistory.PastRound> last(int count) {
		List<TargetHistory.PastRound> rounds = new ArrayList<>(count);
		long millis = this.lastMillis;
		for (int i = 0; i < count; i++) {
			int at = at(this.size - 1 - i);
			rounds.add(new TargetHistory.PastRound(Instant.ofEpochMilli(millis),
					KINDS[this.outcomes[at] & (PASS - 1)], (this.outcomes[at] & PASS) != 0, this.nanos[at]));
			millis -= this.millis[at];
		}
		return rounds.reversed();
	}

	/**
	 * @return how many rounds there were of each outcome, of those that occurred
	 */
	Map<Outcome.Kind, Long> outcomes() {
		Map<Outcome.Kind, Long> counted = new EnumMap<>(Outcome.Kind.class);
		for (Outcome.Kind kind : KINDS) {
			if (this.counts[kind.ordinal()] > 0) {
				counted.put(kind, this.counts[kind.ordinal()]);
			}
		}
		return counted;
	}

	private int at(int number) {
		return Math.floorMod(this.next - this.size + number, this.millis.length);
	}

	/**
	 * @return of the rounds that were replied to; null if none was
	 */
	@Nullable
	RoundTrips roundTrips() {
		return RoundTrips.of(replied());
	}

	private long[] replied() {
		long[] found = new long[this.size];
		int count = 0;
		for (int i = 0; i < this.size; i++) {
			int at = at(i);
			if (KINDS[this.outcomes[at] & (PASS - 1)] == Outcome.Kind.REPLIED) {
				found[count++] = (long) this.nanos[at];
			}
		}
		return Arrays.copyOf(found, count);
	}

	/**
	 * @return null with fewer than two round trips
	 */
	@Nullable
	Double jitterNanos() {
		long[] nanos = replied();
		double jitter = 0;
		for (int i = 1; i < nanos.length; i++) {
			jitter += (Math.abs(nanos[i] - nanos[i - 1]) - jitter) * JITTER_GAIN;
		}
		return (nanos.length > 1) ? jitter : null;
	}

}
