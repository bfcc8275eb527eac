package dev.udpprobe.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Right;
import dev.udpprobe.access.TokenHash;

/**
 * A file of accounts: a list, each with a name, rights, and a token, a password or both, hashed. What is said of a wrong one has no
 * value in it that may be secret.
 */
final class AccountFile {

	/** In bytes. */
	static final int MAX_LENGTH = 1 << 20;

	private static final String NAME = "name";

	private static final String RIGHTS = "rights";

	private static final String TOKEN = "token";

	private static final String PASSWORD = "password";

	private static final Set<String> KEYS = Set.of(NAME, RIGHTS, TOKEN, PASSWORD);

	private static final String TAKES = "%s, %s, %s and %s".formatted(NAME, RIGHTS, TOKEN, PASSWORD);

	/** It stands in logs, where - is nobody, and in the head of a request in front of a colon (RFC 7617 2). */
	private static final Pattern NAMES = Pattern.compile("(?!-$)[\\p{L}\\p{N}._@-]{1,64}");

	/** As htpasswd -B makes them, and Spring Security checks them. A greater cost takes seconds. */
	private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./0-9A-Za-z]{53}");

	private static final int MIN_COST = 4;

	private static final int MAX_COST = 12;

	private final Path path;

	private final int number;

	private final Map<?, ?> entry;

	private AccountFile(Path path, int number, Map<?, ?> entry) {
		this.path = path;
		this.number = number;
		this.entry = entry;
	}

	/**
	 * @param path for messages
	 * @throws WrongFileException if it is none
	 */
	static List<Account> read(Path path, byte[] bytes) {
		if (!(YamlValues.read(path, TargetFile.text(path, bytes)) instanceof List<?> items)) {
			throw TargetFile.wrong(path, "it has to be a list of accounts; a file without any has []");
		}
		List<Account> accounts = new ArrayList<>();
		for (Object item : items) {
			int number = accounts.size() + 1;
			if (!(item instanceof Map<?, ?> entry)) {
				throw TargetFile.wrong(path, "account %d: it has to have keys: %s".formatted(number, TAKES));
			}
			accounts.add(new AccountFile(path, number, entry).account());
		}
		return accounts;
	}

	private Account account() {
		if (!KEYS.containsAll(this.entry.keySet())) {
			throw wrong("it has a key that is none; it takes " + TAKES);
		}
		String name = text(NAME, AccountFile::name);
		if (name == null) {
			throw wrong("it has no name");
		}
		TokenHash token = text(TOKEN, TokenHash::of);
		String password = text(PASSWORD, AccountFile::password);
		if (token == null && password == null) {
			throw wrong("it has neither a token nor a password");
		}
		return new Account(name, rights(), token, password);
	}

	private static String name(String text) {
		if (!NAMES.matcher(text).matches()) {
			throw new IllegalArgumentException(
					"it takes 1 to 64 letters, digits, '.', '_', '@' and '-', but not '-' alone");
		}
		return text;
	}

	private static String password(String text) {
		Matcher matcher = BCRYPT.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"it takes a bcrypt hash: 60 characters that begin with $2y$, $2b$ or $2a$");
		}
		int cost = Integer.parseInt(matcher.group(1));
		if (cost < MIN_COST || cost > MAX_COST) {
			throw new IllegalArgumentException("the cost of bcrypt is %d; it takes %d to %d".formatted(cost, MIN_COST,
					MAX_COST));
		}
		return text;
	}

	private Set<Right> rights() {
		Set<Right> rights = EnumSet.noneOf(Right.class);
		if (!(this.entry.get(RIGHTS) instanceof List<?> labels)) {
			throw wrong("it has to have rights: a list of " + Right.TAKES);
		}
		for (Object label : labels) {
			try {
				rights.add(Right.of(String.valueOf(label)));
			}
			catch (IllegalArgumentException _) {
				throw wrong("it has a right that is none; it takes " + Right.TAKES);
			}
		}
		return rights;
	}

	private <T> @Nullable T text(String key, Function<String, T> meaning) {
		Object value = this.entry.get(key);
		if (value == null) {
			return null;
		}
		if (!(value instanceof String text)) {
			throw wrong("%s is no text".formatted(key));
		}
		try {
			return meaning.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw wrong("%s: %s".formatted(key, ex.getMessage()));
		}
	}

	private WrongFileException wrong(String why) {
		return TargetFile.wrong(this.path, "account %d: %s".formatted(this.number, why));
	}

}
