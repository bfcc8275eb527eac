package dev.udpprobe.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.udpprobe.net.Addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class AskLimitsTests {

	private static final InetAddress HERE = Addresses.literal("2001:db8::1").orElseThrow();

	/** Of the same network. */
	private static final InetAddress NEAR = Addresses.literal("2001:db8::ffff:1").orElseThrow();

	private static final InetAddress THERE = Addresses.literal("2001:db8:0:1::1").orElseThrow();

	private static final Account ALICE = new Account("alice", Set.of(), null, "hash");

	private static final Account BOB = new Account("bob", Set.of(), null, "hash");

	@Test
	void withoutLimitsAllMay() {
		AskLimits limits = new AskLimits(0, 0);
		for (int i = 0; i < 10_000; i++) {
			assertThat(limits.open(null, HERE)).isNotNull();
		}
	}

	@Test
	void eachAccountAndEachAddressHasPlacesOfItsOwn() {
		AskLimits limits = new AskLimits(0, 2);
		List<AskLimits.Place> places = new ArrayList<>();
		for (Account account : new @Nullable Account[]{null, ALICE, BOB}) {
			places.add(limits.open(account, HERE));
			places.add(limits.open(account, (account != null) ? THERE : NEAR));
			refuses(limits, account, HERE);
		}
		assertThat(limits.open(null, THERE)).isNotNull();
		places.getFirst().close();
		assertThat(limits.open(null, HERE)).isNotNull();
		refuses(limits, null, HERE);
	}

	@Test
	void aSecondHasSoMany() {
		await().until(AskLimitsTests::isRefusedTheFourth);
	}

	/**
	 * @return false where this machine stood still until there was another one
	 */
	private static boolean isRefusedTheFourth() {
		AskLimits limits = new AskLimits(3, 0);
		long beforeNanos = System.nanoTime();
		for (int i = 0; i < 3; i++) {
			limits.open(ALICE, HERE).close();
		}
		try {
			limits.open(ALICE, THERE).close();
			assertThat(System.nanoTime() - beforeNanos).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(333));
			return false;
		}
		catch (AskLimits.ExceededException _) {
			limits.take(BOB, HERE);
			limits.take(null, HERE);
			return true;
		}
	}

	/**
	 * What is refused is none that is under way.
	 */
	@Test
	void whatIsRefusedTakesNoPlace() {
		AskLimits limits = new AskLimits(1, 1);
		AskLimits.Place place = limits.open(ALICE, HERE);
		for (int i = 0; i < 10; i++) {
			refuses(limits, ALICE, HERE);
		}
		place.close();
		assertThatExceptionOfType(AskLimits.ExceededException.class).isThrownBy(() -> limits.open(ALICE, HERE))
				.withMessage("too many requests in a second send; try again later");
	}

	private static void refuses(AskLimits limits, @Nullable Account account, InetAddress from) {
		assertThatExceptionOfType(AskLimits.ExceededException.class).isThrownBy(() -> limits.open(account, from));
	}

}
