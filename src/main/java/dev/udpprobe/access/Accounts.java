package dev.udpprobe.access;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * All accounts. Others may take their place at any time. Safe for any number of threads.
 */
public final class Accounts {

	/** Where bcrypt has the cost. */
	private static final int COST = 4;

	private final boolean configured;

	private final List<Runnable> followers = new CopyOnWriteArrayList<>();

	private volatile Map<String, Account> all = Map.of();

	/**
	 * @param configured whether there may be any, now or later
	 */
	public Accounts(boolean configured) {
		this.configured = configured;
	}

	/**
	 * @return false if nobody can have an account
	 */
	public boolean isConfigured() {
		return this.configured;
	}

	/**
	 * @param follower runs whenever others have taken their place, in the thread that does that
	 */
	public void follow(Runnable follower) {
		this.followers.add(follower);
	}

	/**
	 * @param accounts that there are from now on, each with a name of its own
	 */
	public void replace(List<Account> accounts) {
		Map<String, Account> byName = new LinkedHashMap<>();
		accounts.forEach((account) -> byName.put(account.name(), account));
		this.all = byName;
		this.followers.forEach(Runnable::run);
	}

	/**
	 * @return the hash of a password that takes the longest to check; null if nobody has one
	 */
	public @Nullable String anyPassword() {
		return this.all.values().stream().map(Account::password).filter(Objects::nonNull)
				// Such as $2y$10$, where 10 is the cost.
				.max(Comparator.comparing((hash) -> hash.substring(COST, COST + 2)))
				.orElse(null);
	}

	/**
	 * @return null if there is none
	 */
	public @Nullable Account find(String name) {
		return this.all.get(name);
	}

	/**
	 * Compares it with the token of each account, so that the time it takes says nothing.
	 * @return null if nobody has that token
	 */
	public @Nullable Account byToken(String token) {
		TokenHash hash = TokenHash.ofToken(token);
		Account found = null;
		for (Account account : this.all.values()) {
			if (hash.equals(account.token())) {
				found = account;
			}
		}
		return found;
	}

}
