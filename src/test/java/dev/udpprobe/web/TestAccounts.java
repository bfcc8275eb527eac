package dev.udpprobe.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import dev.udpprobe.access.Right;
import dev.udpprobe.testing.SharedDirectory;

/**
 * A file of accounts with a token and a password each: one for each right, which is its name, and one that has none.
 */
public final class TestAccounts {

	public static final String PASSWORD = "päss:word";

	/** The account without any right. */
	public static final String NOTHING = "nothing";

	private static final String HASH = hash(PASSWORD);

	private TestAccounts() {}

	public static Path create() {
		Path file = SharedDirectory.create("accounts").resolve("accounts.yaml");
		file.toFile().deleteOnExit();
		write(file, all());
		return file;
	}

	public static Stream<String> names() {
		return Stream.concat(Stream.of(NOTHING), Arrays.stream(Right.values()).map(Right::label));
	}

	public static String all() {
		return names().map((name) -> account(name, name.equals(NOTHING) ? List.of() : List.of(Right.of(name))))
				.collect(Collectors.joining());
	}

	private static String hash(String password) {
		return Objects.requireNonNull(new BCryptPasswordEncoder(4).encode(password));
	}

	/**
	 * @return an item of the file
	 */
	public static String account(String name, List<Right> rights) {
		return item(name, rights, HASH);
	}

	public static String account(String name, List<Right> rights, String password) {
		return item(name, rights, hash(password));
	}

	private static String item(String name, List<Right> rights, String hash) {
		return "- {name: %s, rights: [%s], token: 'sha256:%s', password: '%s'}\n".formatted(name,
				rights.stream().map(Right::label).collect(Collectors.joining(", ")), sha256(token(name)), hash);
	}

	public static String token(String name) {
		return name + ".0123456789abcdefghijABCDEFGHIJ-_~+/=";
	}

	/**
	 * Replaces the file as a whole.
	 */
	public static void write(Path file, String content) {
		try {
			Path other = Files.writeString(file.resolveSibling("new"), content);
			Files.move(other, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of().formatHex(
					MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
