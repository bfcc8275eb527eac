package dev.udpprobe.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.udpprobe.net.Addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CredentialsTests {

	private static final InetAddress HERE = Addresses.literal("192.0.2.1").orElseThrow();

	private static final InetAddress THERE = Addresses.literal("192.0.2.2").orElseThrow();

	private final Accounts accounts = new Accounts(true);

	private final AtomicInteger checks = new AtomicInteger();

	/** A hash is the password itself. */
	private final Credentials credentials = new Credentials(this.accounts, (password, hash) -> {
		this.checks.incrementAndGet();
		return password.equals(hash);
	});

	private void accounts(String... namesAndPasswords) {
		List<Account> all = new ArrayList<>();
		for (int i = 0; i < namesAndPasswords.length; i += 2) {
			all.add(new Account(namesAndPasswords[i], Set.of(Right.VIEW), null, namesAndPasswords[i + 1]));
		}
		all.add(new Account("program", Set.of(), TokenHash.ofToken("token"), null));
		this.accounts.replace(all);
	}

	private CredentialsException.Why refused(String name, String password, InetAddress from) {
		return assertThatExceptionOfType(CredentialsException.class)
				.isThrownBy(() -> this.credentials.password(name, password, from))
				.actual()
				.why();
	}

	@Test
	void aRightPasswordIsCheckedOnceUntilItChanges() {
		accounts("alice", "one");
		for (int i = 0; i < 100; i++) {
			assertThat(this.credentials.password("alice", "one", HERE).name()).isEqualTo("alice");
		}
		assertThat(this.checks).hasValue(1);
		accounts("alice", "two");
		assertThat(refused("alice", "one", HERE)).isEqualTo(CredentialsException.Why.WRONG);
		assertThat(this.credentials.password("alice", "two", HERE).name()).isEqualTo("alice");
		accounts("bob", "two");
		assertThat(refused("alice", "two", HERE)).isEqualTo(CredentialsException.Why.WRONG);
	}

	@Test
	void aPasswordThatIsTakenAwayIsNotKnownAlsoIfAnotherAccountHasTheSame() {
		accounts("alice", "one");
		assertThat(this.credentials.password("alice", "one", HERE).name()).isEqualTo("alice");
		this.accounts.replace(List.of(new Account("alice", Set.of(), TokenHash.ofToken("token"), null),
				new Account("bob", Set.of(), null, "one")));
		assertThat(refused("alice", "one", HERE)).isEqualTo(CredentialsException.Why.WRONG);
	}

	/**
	 * As long as for one who has.
	 */
	@Test
	void aPasswordOfNobodyIsCheckedToo() {
		accounts("alice", "one");
		assertThat(refused("nobody", "one", HERE)).isEqualTo(CredentialsException.Why.WRONG);
		assertThat(refused("program", "one", HERE)).isEqualTo(CredentialsException.Why.WRONG);
		assertThat(this.checks).hasValue(2);
	}

	@Test
	void whereNobodyHasAPasswordNoneIsRight() {
		accounts();
		assertThat(refused("program", "", HERE)).isEqualTo(CredentialsException.Why.WRONG);
		assertThat(this.checks).hasValue(0);
	}

	/**
	 * Not even the one that was right before: whoever guesses would be told at any speed.
	 */
	@Test
	void afterTenWrongOnesNoneIsLookedAt() {
		accounts("alice", "one");
		assertThat(this.credentials.password("alice", "one", HERE).name()).isEqualTo("alice");
		Map<CredentialsException.Why, Integer> refusals = new EnumMap<>(CredentialsException.Why.class);
		for (int i = 0; i < 50; i++) {
			refusals.merge(refused("alice", "wrong", HERE), 1, Integer::sum);
		}
		assertThat(refusals.get(CredentialsException.Why.WRONG)).isBetween(10, 12);
		int before = this.checks.get();
		assertThat(refused("alice", "one", HERE)).isEqualTo(CredentialsException.Why.TOO_MANY);
		assertThat(this.checks).hasValue(before);
		assertThat(this.credentials.password("alice", "one", THERE).name()).isEqualTo("alice");
		assertThat(this.credentials.token("token", HERE).name()).isEqualTo("program");
		assertThatExceptionOfType(CredentialsException.class)
				.isThrownBy(() -> this.credentials.token("wrong", HERE))
				.satisfies((ex) -> assertThat(ex.why()).isEqualTo(CredentialsException.Why.TOO_MANY));
	}

	/**
	 * Those who come at once would otherwise all be looked at before the first of them is wrong.
	 */
	@Test
	void manyAtOnceAreNoMore() throws Exception {
		accounts("alice", "one");
		CountDownLatch start = new CountDownLatch(1);
		Map<CredentialsException.Why, Integer> refusals = new EnumMap<>(CredentialsException.Why.class);
		long beganNanos = System.nanoTime();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<CredentialsException.Why>> all = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				all.add(threads.submit(() -> {
					start.await();
					return refused("alice", "wrong", HERE);
				}));
			}
			start.countDown();
			for (Future<CredentialsException.Why> each : all) {
				refusals.merge(each.get(), 1, Integer::sum);
			}
		}
		assertThat(this.checks.get()).isBetween(10, 12);
		// Who has waited for two seconds, where this machine stood still, is told that others are checked.
		boolean stoodStill = System.nanoTime() - beganNanos > TimeUnit.SECONDS.toNanos(2);
		int busy = stoodStill ? refusals.getOrDefault(CredentialsException.Why.BUSY, 0) : 0;
		assertThat(refusals.get(CredentialsException.Why.TOO_MANY)).isBetween(188 - busy, 190 - busy);
	}

	@Test
	void whileOnePasswordIsCheckedOthersWaitAndTokensDoNot() throws Exception {
		CountDownLatch checking = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		Credentials slow = new Credentials(this.accounts, (password, hash) -> {
			assertThat(Thread.currentThread().isVirtual()).isFalse();
			checking.countDown();
			try {
				go.await();
			}
			catch (InterruptedException _) {
				Thread.currentThread().interrupt();
			}
			return password.equals(hash);
		});
		accounts("alice", "one", "bob", "two");
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			try {
				Future<Account> first = threads.submit(() -> slow.password("alice", "one", HERE));
				checking.await();
				assertThat(slow.token("token", HERE).name()).isEqualTo("program");
				assertThatExceptionOfType(CredentialsException.class)
						.isThrownBy(() -> slow.password("bob", "two", HERE))
						.satisfies((ex) -> assertThat(ex.why()).isEqualTo(CredentialsException.Why.BUSY));
				go.countDown();
				assertThat(first.get().name()).isEqualTo("alice");
			}
			finally {
				go.countDown();
			}
		}
	}

}
