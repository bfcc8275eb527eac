package dev.udpprobe.auth;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;

/**
 * Puts the {@link Trailer} behind messages. Safe for any number of threads.
 */
public final class Signer {

	private final SharedKey key;

	/**
	 * Counts from a random start. So two datagrams of this signer always differ, and
	 * those of two signers are equal once in 2^64, even if message and microsecond are
	 * the same.
	 */
	private final AtomicLong nonce = new AtomicLong(new SecureRandom().nextLong());

	/**
	 * @param key not empty
	 */
	public Signer(SharedKey key) {
		this.key = key;
	}

	/**
	 * @param signed by a signer
	 * @return the same for whoever may see it, without what proves that it is signed: it could be sent again, or the key be guessed
	 */
	public static byte[] shown(byte[] signed) {
		byte[] shown = signed.clone();
		Arrays.fill(shown, Math.max(0, shown.length - Trailer.TAG), shown.length, (byte) '*');
		return shown;
	}

	/**
	 * @return the message with a trailer of now, by the wall clock
	 */
	public byte[] signed(byte[] message) {
		ByteBuffer datagram = ByteBuffer.allocate(message.length + Trailer.LENGTH)
				.put(message)
				.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
				.putLong(this.nonce.getAndIncrement());
		Mac mac = this.key.mac();
		mac.update(datagram.array(), 0, datagram.position());
		return datagram.put(mac.doFinal(), 0, Trailer.TAG).array();
	}

}
