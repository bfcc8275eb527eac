package dev.udpprobe.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A bearer token (RFC 6750) as it is kept: its SHA-256. That is enough for a token that is long and random, unlike a password.
 */
public final class TokenHash {

	/**
	 * What {@link #of(String)} takes, for messages.
	 */
	public static final String TAKES = "sha256: and 64 hexadecimal digits";

	private static final String PREFIX = "sha256:";

	private static final Pattern TEXT = Pattern.compile(PREFIX + "[0-9a-fA-F]{64}");

	/** What a command makes that could not make a token. */
	private static final TokenHash NOTHING = ofToken("");

	private final byte[] hash;

	private TokenHash(byte[] hash) {
		this.hash = hash;
	}

	/**
	 * @param text as in a file
	 * @throws IllegalArgumentException with what it takes, and without the text, which may be the token itself
	 */
	public static TokenHash of(String text) {
		if (!TEXT.matcher(text).matches()) {
			throw new IllegalArgumentException("it takes " + TAKES);
		}
		TokenHash hash = new TokenHash(HexFormat.of().parseHex(text, PREFIX.length(), text.length()));
		if (hash.equals(NOTHING)) {
			throw new IllegalArgumentException("it is the hash of nothing");
		}
		return hash;
	}

	/**
	 * @param token as somebody gives it
	 */
	static TokenHash ofToken(String token) {
		try {
			return new TokenHash(
					MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Takes as long for each.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TokenHash that && MessageDigest.isEqual(this.hash, that.hash);
	}

	@Override
	public int hashCode() {
		return this.hash[0];
	}

}
