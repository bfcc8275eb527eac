package dev.udpprobe.auth;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * There are some copies of each datagram, and the threads take one after the other. So they
 * often ask about copies at once.
 */
class VerifierThreadsTests {

	private static final int THREADS = 4;

	private static final int COPIES = 4;

	private static final int DATAGRAMS = 10_000;

	private static final List<String> KEYS = List.of(Signing.KEY, "another key, as long");

	/**
	 * @param asked whether the datagram of this number is taken
	 * @return how often each was
	 */
	private static AtomicIntegerArray taken(IntPredicate asked) throws Exception {
		AtomicIntegerArray taken = new AtomicIntegerArray(DATAGRAMS);
		AtomicInteger turns = new AtomicInteger();
		CyclicBarrier start = new CyclicBarrier(THREADS);
		Callable<Void> thread = () -> {
			start.await();
			for (int turn = turns.getAndIncrement(); turn < DATAGRAMS * COPIES; turn = turns.getAndIncrement()) {
				if (asked.test(turn / COPIES)) {
					taken.incrementAndGet(turn / COPIES);
				}
			}
			return null;
		};
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, thread))) {
				done.get();
			}
		}
		return taken;
	}

	private static void assertAll(AtomicIntegerArray taken, int times) {
		assertThat(IntStream.range(0, DATAGRAMS).map(taken::get)).containsOnly(times);
	}

	@Test
	void eachDatagramIsGenuineOnceWhicheverKeyItHas() throws Exception {
		Verifier verifier = new Verifier(KEYS.stream().map(SharedKey::of).toList());
		List<byte[]> datagrams = IntStream.range(0, DATAGRAMS)
				.mapToObj((i) -> Signing.signed(KEYS.get(i % 2), new byte[i % 100]))
				.toList();
		assertAll(taken((i) -> verifier.verify(ByteBuffer.wrap(datagrams.get(i))) == Verifier.Result.GENUINE), 1);
	}

	@Test
	void aWrongKeyIsWrongForEveryThread() throws Exception {
		Verifier verifier = new Verifier(KEYS.stream().map(SharedKey::of).toList());
		List<byte[]> datagrams = IntStream.range(0, DATAGRAMS)
				.mapToObj((i) -> Signing.signed((i % 2 == 0) ? "a third key, as long" : Signing.KEY, new byte[5]))
				.toList();
		AtomicIntegerArray wrong = taken(
				(i) -> verifier.verify(ByteBuffer.wrap(datagrams.get(i))) == Verifier.Result.UNAUTHENTICATED);
		assertThat(IntStream.range(0, DATAGRAMS).filter((i) -> wrong.get(i) != (i % 2 == 0 ? COPIES : 0))).isEmpty();
	}

	/** Many times, because a thread may be done before another one begins. */
	@RepeatedTest(20)
	void aTagIsNewOnce() throws Exception {
		SeenTags seen = new SeenTags();
		long[] tags = new Random(1).longs(2 * DATAGRAMS).toArray();
		assertAll(taken((i) -> seen.add(tags[2 * i], tags[2 * i + 1])), 1);
	}

}
