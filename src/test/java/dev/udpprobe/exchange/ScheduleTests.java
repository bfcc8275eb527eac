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

class ScheduleTests {

	private static final int TIMERS = 300;

	/** In which all times lie, with many that are the same. */
	private static final int SPAN = 1_000;

	private final IdleFlow idle = new IdleFlow();

	private final Schedule schedule = new Schedule();

	ScheduleTests() throws Exception {
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

	private List<LoopTimer> timers(int count) {
		List<LoopTimer> made = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			made.add(new SentDatagram(this.idle.get(), new byte[0], 1));
		}
		return made;
	}

	/** System.nanoTime may start anywhere, and wraps around. */
	@ParameterizedTest
	@ValueSource(longs = {0, Long.MAX_VALUE - SPAN / 2, -SPAN / 2, Long.MIN_VALUE, Long.MAX_VALUE - SPAN})
	void timersAreDueInTheOrderOfAPriorityQueue(long start) {
		Random random = new Random(start);
		List<LoopTimer> all = timers(TIMERS);
		PriorityQueue<Due> expected = new PriorityQueue<>();
		for (int i = 0; i < 100_000; i++) {
			int number = random.nextInt(TIMERS);
			switch (random.nextInt(4)) {
				case 0, 1 -> {
					int after = random.nextInt(SPAN);
					this.schedule.set(all.get(number), start + after);
					expected.removeIf((due) -> due.timer() == number);
					expected.add(new Due(number, after));
				}
				case 2 -> {
					this.schedule.cancel(all.get(number));
					expected.removeIf((due) -> due.timer() == number);
				}
				default -> assertNext(all, expected, start, random.nextInt(SPAN));
			}
		}
		while (!expected.isEmpty()) {
			assertNext(all, expected, start, SPAN);
		}
		assertThat(this.schedule.nanosLeft(start)).isEqualTo(Long.MAX_VALUE);
		assertThat(this.schedule.next(start + SPAN)).isNull();
	}

	private void assertNext(List<LoopTimer> all, PriorityQueue<Due> expected, long start, int now) {
		Due first = expected.peek();
		long left = (first != null) ? first.after() - now : Long.MAX_VALUE;
		assertThat(this.schedule.nanosLeft(start + now)).isEqualTo(left);
		LoopTimer next = this.schedule.next(start + now);
		if (left > 0) {
			assertThat(next).isNull();
			return;
		}
		// Of those that are due at the same time any may be first.
		int number = all.indexOf(next);
		assertThat(expected.removeIf((due) -> due.timer() == number && due.after() - now == left)).isTrue();
	}

	@Test
	void theTimersGrow() {
		List<LoopTimer> all = timers(1_000);
		for (int i = 0; i < 1_000; i++) {
			this.schedule.set(all.get(i), 1_000 - i);
		}
		for (int i = 999; i >= 0; i--) {
			assertThat(this.schedule.next(1_000)).isSameAs(all.get(i));
		}
		assertThat(this.schedule.next(1_000)).isNull();
	}

	@Test
	void nothingIsDueBeforeItsTime() {
		LoopTimer timer = timers(1).getFirst();
		this.schedule.set(timer, Long.MIN_VALUE + 5);
		assertThat(this.schedule.nanosLeft(Long.MAX_VALUE)).isEqualTo(6);
		assertThat(this.schedule.next(Long.MAX_VALUE)).isNull();
		assertThat(this.schedule.next(Long.MIN_VALUE + 4)).isNull();
		assertThat(this.schedule.next(Long.MIN_VALUE + 5)).isSameAs(timer);
		assertThat(this.schedule.next(Long.MIN_VALUE + 5)).isNull();
	}

	@Test
	void whatIsDueOrCancelledCanBeSetAgain() {
		LoopTimer timer = timers(1).getFirst();
		this.schedule.cancel(timer);
		this.schedule.set(timer, 1);
		assertThat(this.schedule.next(1)).isSameAs(timer);
		this.schedule.cancel(timer);
		this.schedule.set(timer, 2);
		this.schedule.cancel(timer);
		this.schedule.cancel(timer);
		assertThat(this.schedule.next(2)).isNull();
		this.schedule.set(timer, 3);
		this.schedule.set(timer, 4);
		assertThat(this.schedule.next(3)).isNull();
		assertThat(this.schedule.next(4)).isSameAs(timer);
	}

	@Test
	void tasksRunInOrderAndUpToTheirNumber() {
		List<Integer> ran = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			int number = i;
			this.schedule.add(() -> ran.add(number));
		}
		assertThat(this.schedule.nanosLeft(0)).isZero();
		this.schedule.run(3);
		assertThat(ran).containsExactly(0, 1, 2);
		this.schedule.run(3);
		assertThat(ran).containsExactly(0, 1, 2, 3, 4);
		assertThat(this.schedule.nanosLeft(0)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aTimerIsToldBehindEachTask() {
		LoopTimer timer = timers(1).getFirst();
		this.schedule.set(timer, System.nanoTime());
		List<Long> left = new ArrayList<>();
		this.schedule.add(() -> {});
		this.schedule.add(() -> left.add(this.schedule.nanosLeft(Long.MIN_VALUE)));
		this.schedule.run(2);
		assertThat(left).containsExactly(Long.MAX_VALUE);
	}

	@Test
	void whatATaskThrowsKeepsNoOtherFromRunningWhereTheLoopHasEnded() {
		List<String> ran = new ArrayList<>();
		this.schedule.add(() -> {
			throw new IllegalStateException("in a test");
		});
		this.schedule.add(() -> {
			this.schedule.add(() -> ran.add("added meanwhile"));
			this.schedule.runAllTasks();
			ran.add("next");
		});
		this.schedule.runAllTasks();
		assertThat(ran).containsExactly("next", "added meanwhile");
	}

}
