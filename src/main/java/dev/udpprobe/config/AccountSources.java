package dev.udpprobe.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Accounts;
import dev.udpprobe.access.TokenHash;

/**
 * The accounts of files. For one thread at a time.
 */
final class AccountSources extends FileSources {

	/** Each token is compared with that of each. */
	private static final int MAX_ACCOUNTS = 1_000;

	private final Accounts accounts;

	/**
	 * @param patterns paths, whose last part may have * and ?
	 * @throws WrongFileException if what is there is wrong, or nothing is there
	 */
	AccountSources(List<String> patterns) {
		super("udp-probe.security.account-files", patterns);
		this.accounts = new Accounts(hasFiles());
		var _ = read();
	}

	Accounts accounts() {
		return this.accounts;
	}

	@Override
	String what() {
		return "accounts";
	}

	@Override
	void take(Set<Path> files) {
		Map<String, Account> all = new LinkedHashMap<>();
		Set<TokenHash> tokens = new HashSet<>();
		for (Path file : files) {
			for (Account account : AccountFile.read(file, bytes(file, AccountFile.MAX_LENGTH))) {
				Account other = all.putIfAbsent(account.name(), account);
				if (other != null) {
					throw new WrongFileException(
							"%s: there is an account %s already.".formatted(file, account.name()));
				}
				TokenHash token = account.token();
				if (token != null && !tokens.add(token)) {
					throw new WrongFileException(
							"%s: another account has the token of %s.".formatted(file, account.name()));
				}
			}
			if (all.size() > MAX_ACCOUNTS) {
				throw new WrongFileException("%s: there are more than %,d accounts.".formatted(file, MAX_ACCOUNTS));
			}
		}
		this.accounts.replace(List.copyOf(all.values()));
	}

}
