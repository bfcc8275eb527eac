package dev.udpprobe.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimersTests {

	private static final int TIMERS = 300;

	/** In which all times lie, with many that are the same. */
	private static final int SPAN = 1_000;

	private final IdleFlow idle = new IdleFlow();

	private final Timers timers = new Timers();

	TimersTests() throws Exception {
		// The flow opens a socket.
	}

	@AfterEach
	void close() throws Exception {
		this.idle.close();
	}

	/** A number of a timer, and when it is due after the start. */
	private record Due(int timer, int after) implements Comparable<Due> {
		@Override
		public int compareTo(Due other) {
			return Integer.compare(this.after, other.after);
		}
	}

	private List<Timers.Timer> timers(int count) {
		List<Timers.Timer> made = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			made.add(new Timers.Timer(this.idle.get()));
		}
		return made;
	}

	/** System.nanoTime may start anywhere, and wraps around. */
	@ParameterizedTest
	@ValueSource(longs = {0, Long.MAX_VALUE - SPAN / 2, -SPAN / 2, Long.MIN_VALUE, Long.MAX_VALUE - SPAN})
	void areDueInTheOrderOfAPriorityQueue(long start) {
		Random random = new Random(start);
		List<Timers.Timer> all = timers(TIMERS);
		PriorityQueue<Due> expected = new PriorityQueue<>();
		for (int i = 0; i < 100_000; i++) {
			int number = random.nextInt(TIMERS);
			switch (random.nextInt(4)) {
				case 0, 1 -> {
					int after = random.nextInt(SPAN);
					this.timers.set(all.get(number), start + after);
					expected.removeIf((due) -> due.timer() == number);
					expected.add(new Due(number, after));
				}
				case 2 -> {
					this.timers.cancel(all.get(number));
					expected.removeIf((due) -> due.timer() == number);
				}
				default -> assertNext(all, expected, start, random.nextInt(SPAN));
			}
		}
		while (!expected.isEmpty()) {
			assertNext(all, expected, start, SPAN);
		}
		assertThat(this.timers.nanosLeft(start)).isEqualTo(Long.MAX_VALUE);
		assertThat(this.timers.next(start + SPAN)).isNull();
	}

	private void assertNext(List<Timers.Timer> all, PriorityQueue<Due> expected, long start, int now) {
		Due first = expected.peek();
		long left = (first != null) ? first.after() - now : Long.MAX_VALUE;
		assertThat(this.timers.nanosLeft(start + now)).isEqualTo(left);
		Timers.Timer next = this.timers.next(start + now);
		if (left > 0) {
			assertThat(next).isNull();
			return;
		}
		// Of those that are due at the same time any may be first.
		int number = all.indexOf(next);
		assertThat(expected.removeIf((due) -> due.timer() == number && due.after() - now == left)).isTrue();
	}

	@Test
	void grow() {
		List<Timers.Timer> all = timers(1_000);
		for (int i = 0; i < 1_000; i++) {
			this.timers.set(all.get(i), 1_000 - i);
		}
		for (int i = 999; i >= 0; i--) {
			assertThat(this.timers.next(1_000)).isSameAs(all.get(i));
		}
		assertThat(this.timers.next(1_000)).isNull();
	}

	@Test
	void nothingIsDueBeforeItsTime() {
		Timers.Timer timer = timers(1).getFirst();
		this.timers.set(timer, Long.MIN_VALUE + 5);
		assertThat(this.timers.nanosLeft(Long.MAX_VALUE)).isEqualTo(6);
		assertThat(this.timers.next(Long.MAX_VALUE)).isNull();
		assertThat(this.timers.next(Long.MIN_VALUE + 4)).isNull();
		assertThat(this.timers.next(Long.MIN_VALUE + 5)).isSameAs(timer);
		assertThat(this.timers.next(Long.MIN_VALUE + 5)).isNull();
	}

	@Test
	void whatIsDueOrCancelledCanBeSetAgain() {
		Timers.Timer timer = timers(1).getFirst();
		this.timers.cancel(timer);
		this.timers.set(timer, 1);
		assertThat(this.timers.next(1)).isSameAs(timer);
		this.timers.cancel(timer);
		this.timers.set(timer, 2);
		this.timers.cancel(timer);
		this.timers.cancel(timer);
		assertThat(this.timers.next(2)).isNull();
		this.timers.set(timer, 3);
		this.timers.set(timer, 4);
		assertThat(this.timers.next(3)).isNull();
		assertThat(this.timers.next(4)).isSameAs(timer);
	}

}
