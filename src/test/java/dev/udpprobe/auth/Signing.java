package dev.udpprobe.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as docs/security.md says, by its own words and at any time.
 */
public final class Signing {

	/** One that is long enough. */
	public static final String KEY = "a key of 24 bytes, or so";

	private static final AtomicLong NONCE = new AtomicLong();

	private Signing() {}

	public static byte[] signed(String key, byte[] message) {
		return signed(key, message, Duration.ZERO);
	}

	/**
	 * @param ahead how far the clock is ahead of the right time
	 */
	public static byte[] signed(String key, byte[] message, Duration ahead) {
		Instant now = Instant.now().plus(ahead);
		long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
		return tagged(key.getBytes(StandardCharsets.UTF_8),
				ByteBuffer.allocate(message.length + 16)
						.put(message)
						.putLong(micros)
						.putLong(NONCE.getAndIncrement())
						.array());
	}

	static byte[] tagged(byte[] key, byte[] content) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "RAW"));
			return ByteBuffer.allocate(content.length + 16).put(content).put(mac.doFinal(content), 0, 16).array();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
