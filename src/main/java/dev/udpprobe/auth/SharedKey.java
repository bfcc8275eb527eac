package dev.udpprobe.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What both ends know and nobody else. It never shows itself. Safe for any number of
 * threads.
 */
public final class SharedKey {

	private static final String ALGORITHM = "HmacSHA256";

	private final byte[] bytes;

	private SharedKey(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Takes any text and never fails, because a failure might show the key. The
	 * configuration checks the {@link #length}.
	 */
	public static SharedKey of(String text) {
		return new SharedKey(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * @return bytes of UTF-8; an empty key is no key and authenticates nothing
	 */
	public int length() {
		return this.bytes.length;
	}

	/**
	 * Whether it contains a reference such as <code>${NAME}</code>. The variable is not
	 * set then, and what is left is no secret.
	 */
	public boolean isReference() {
		return new String(this.bytes, StandardCharsets.UTF_8).contains("${");
	}

	/**
	 * Whether the other one has the same bytes.
	 */
	public boolean isSame(SharedKey other) {
		return MessageDigest.isEqual(this.bytes, other.bytes);
	}

	/**
	 * @return the function that makes tags, for one thread
	 */
	Mac mac() {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(this.bytes, ALGORITHM));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			// Every Java platform has it, says the documentation of Mac.
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "***";
	}

}
