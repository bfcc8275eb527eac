package dev.udpprobe.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Right;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccountFileTests {

	private static final String TOKEN = "token: 'sha256:" + "0a".repeat(32) + "'";

	private static final String PASSWORD = "password: $2y$10$" + "a".repeat(53);

	private static List<Account> read(String text) {
		return AccountFile.read(Path.of("accounts.yaml"), text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void accountsHaveRightsAndHashes() {
		List<Account> accounts = read("""
				# Those who may.
				- {name: program, rights: [view, ask], %s}
				- name: alice@example.org
				  rights: [manage]
				  %s
				- {name: nobody, rights: [], %s}
				""".formatted(TOKEN, PASSWORD, PASSWORD));
		assertThat(accounts).extracting(Account::name).containsExactly("program", "alice@example.org", "nobody");
		assertThat(accounts.getFirst().rights()).containsExactlyInAnyOrder(Right.VIEW, Right.ASK);
		assertThat(accounts.getFirst().token()).isNotNull();
		assertThat(accounts.getFirst().password()).isNull();
		assertThat(accounts.get(1).password()).startsWith("$2y$10$");
		assertThat(accounts.getLast().rights()).isEmpty();
		assertThat(read("[]")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {"`` | has to be a list of accounts",
			"name: a | has to be a list of accounts", "- a | account 1: it has to have keys",
			"- [a] | account 1: it has to have",
			"- {rights: [], TOKEN} | account 1: it has no name", "- {name: a, TOKEN} | has to have rights",
			"- {name: a, rights: view, TOKEN} | has to have rights",
			"- {name: a, rights: [all], TOKEN} | view, ask, manage",
			"- {name: a, rights: [[view]], TOKEN} | view, ask, manage",
			"- {name: a, rights: []} | neither a token nor a password",
			"- {name: a, rights: [], token: s3cret} | sha256: and 64 hexadecimal digits",
			"- {name: a, rights: [], token: [s3cret]} | token is no text",
			"- {name: a, rights: [], password: s3cret} | a bcrypt hash",
			"- {name: a, rights: [], password: $2y$31$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa} | 4 to 12",
			"- {name: a b, rights: [], TOKEN} | 1 to 64 letters",
			"- {name: 'a:b', rights: [], TOKEN} | 1 to 64 letters",
			"- {name: '', rights: [], TOKEN} | 1 to 64 letters", "- {name: -, rights: [], TOKEN} | 1 to 64 letters",
			"- {name: a, rights: [], token: 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'} | the hash of nothing",
			"- {name: a, rights: [], TOKEN, s3cret: a} | a key that is none",
			"- &a {name: a, rights: [], TOKEN}~- *a | an alias is not taken", "- !!java.net.URL [a] | account 1"})
	void whatIsWrongIsSaidWithoutWhatIsSecret(String text, String reason) {
		assertThatExceptionOfType(WrongFileException.class)
				.isThrownBy(() -> read(text.replace("TOKEN", TOKEN).replace("~", "\n")))
				.satisfies((ex) -> assertThat(ex.getMessage()).startsWith("accounts.yaml: ").contains(reason)
						.doesNotContain("s3cret").doesNotContain("aaaa"));
	}

	@Test
	void namesAndTokensAreThereOnce(@TempDir Path directory) throws Exception {
		String account = "- {name: %s, rights: [view], token: 'sha256:%s'}\n";
		Path one = Files.writeString(directory.resolve("1.yaml"), account.formatted("a", "0a".repeat(32)));
		Path two = Files.writeString(directory.resolve("2.yaml"), account.formatted("b", "0b".repeat(32)));
		String all = directory.resolve("*.yaml").toString();
		AccountSources sources = new AccountSources(List.of(all));
		assertThat(Stream.of("a", "b").map(sources.accounts()::find)).allMatch(Objects::nonNull);
		Files.writeString(two, account.formatted("a", "0b".repeat(32)));
		assertThatExceptionOfType(WrongFileException.class).isThrownBy(sources::read)
				.withMessage(two + ": there is an account a already.");
		Files.writeString(two, account.formatted("c", "0a".repeat(32)));
		assertThatExceptionOfType(WrongFileException.class).isThrownBy(sources::read)
				.withMessage(two + ": another account has the token of c.");
		assertThat(Stream.of("a", "b").map(sources.accounts()::find)).allMatch(Objects::nonNull);
		Files.delete(one);
		sources.read();
		assertThat(sources.accounts().find("a")).isNull();
		assertThat(sources.accounts().find("c")).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = {"nothing.yaml", "."})
	void aFileThatCannotBeReadStopsTheStart(String name, @TempDir Path directory) {
		assertThatExceptionOfType(WrongFileException.class)
				.isThrownBy(() -> new AccountSources(List.of(directory.resolve(name).toString())));
	}

}
