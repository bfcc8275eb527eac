package dev.udpprobe.access;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whose a token or a password is. A right token is never held back: nobody guesses one, and whoever has it must not suffer from
 * others behind its address. To check a password is slow by intent, so one is checked at a time, and what was right is known the next
 * time. Safe for any number of threads.
 */
public final class Credentials {

	private static final String HMAC = "HmacSHA256";

	private static final int KEY_LENGTH = 32;

	private static final long WAIT_SECONDS = 2;

	private final Accounts accounts;

	private final BiPredicate<String, String> matches;

	private final Attempts attempts = new Attempts();

	private final Semaphore place = new Semaphore(1, true);

	private final SecretKeySpec key;

	/** The last right password of each account, by name. */
	private final Map<String, Known> known = new ConcurrentHashMap<>();

	@SuppressWarnings("ArrayRecordComponent")
	private record Known(String hash, byte[] mac) {}

	/**
	 * @param matches whether a password, which comes first, is that of a hash
	 */
	public Credentials(Accounts accounts, BiPredicate<String, String> matches) {
		this.accounts = accounts;
		this.matches = matches;
		byte[] random = new byte[KEY_LENGTH];
		new SecureRandom().nextBytes(random);
		this.key = new SecretKeySpec(random, HMAC);
	}

	/**
	 * @return whose it is
	 * @throws CredentialsException if it is nobody's
	 */
	public Account token(String token, InetAddress from) {
		Account account = this.accounts.byToken(token);
		if (account == null) {
			throw wrong(from);
		}
		return account;
	}

	/**
	 * Waits until no other password is checked, for two seconds at most.
	 * @return whose it is
	 * @throws CredentialsException if it is nobody's, or is not looked at
	 */
	public Account password(String name, String password, InetAddress from) {
		checkAttempts(from);
		Account account = this.accounts.find(name);
		String own = (account != null) ? account.password() : null;
		// Where nobody has the name, it takes as long as the longest.
		String hash = (own != null) ? own : this.accounts.anyPassword();
		if (hash == null) {
			throw wrong(from);
		}
		byte[] mac = mac(name, password);
		if (account != null && own != null && isKnown(name, own, mac)) {
			return account;
		}
		take();
		try {
			// Those who waited, too.
			checkAttempts(from);
			if (!check(password, hash) || account == null || own == null) {
				throw wrong(from);
			}
			this.known.put(name, new Known(own, mac));
			return account;
		}
		finally {
			this.place.release();
		}
	}

	/**
	 * In a thread of its own, since it would keep a processor from all virtual threads.
	 */
	private boolean check(String password, String hash) {
		return CompletableFuture.supplyAsync(() -> this.matches.test(password, hash),
				(task) -> Thread.ofPlatform().name("udp-password").daemon().start(task)).join();
	}

	private void checkAttempts(InetAddress from) {
		if (!this.attempts.may(from)) {
			throw new CredentialsException(CredentialsException.Why.TOO_MANY);
		}
	}

	private CredentialsException wrong(InetAddress from) {
		return new CredentialsException(this.attempts.wrong(from)
				? CredentialsException.Why.WRONG
				: CredentialsException.Why.TOO_MANY);
	}

	private boolean isKnown(String name, String hash, byte[] mac) {
		Known before = this.known.get(name);
		return before != null && before.hash().equals(hash) && MessageDigest.isEqual(before.mac(), mac);
	}

	private void take() {
		try {
			if (this.place.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
				return;
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		throw new CredentialsException(CredentialsException.Why.BUSY);
	}

	private byte[] mac(String name, String password) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.key);
			mac.update(name.getBytes(StandardCharsets.UTF_8));
			mac.update((byte) 0);
			return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
