package dev.udpprobe.path;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.auth.Trailer;
import dev.udpprobe.exchange.Correlation;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;

/**
 * Payloads that are told apart when ICMP quotes them, or an echo returns them: each starts
 * with {@code #}, its number, which is its key, and what only this run has, as far as its
 * length allows. A message of the user's own stands before that, or alone; then it is told apart
 * only by its signature, where there is one. To send them is for one thread.
 */
public final class Payloads implements Correlation {

	/** The longest greeting that stands before an echo, and what is looked for behind it. */
	private static final int SEARCHED = 2_048;

	private static final char NUMBER = '#';

	private static final int MAX_DIGITS = 9;

	private final byte[] marker = " udp-probe %016x ".formatted(ThreadLocalRandom.current().nextLong())
			.getBytes(StandardCharsets.US_ASCII);

	private final @Nullable Signer signer;

	private final byte @Nullable [] message;

	/** What stands before the number. Where there is any, the number and what only this run has are whole. */
	private final byte[] head;

	/** Whether an answer has returned what only this run has, as an echo does. */
	private volatile boolean echoed;

	private int next;

	/** Whether the last message was too short for its number and what only this run has, ... */
	private volatile boolean cut;

	/** ... or any was. */
	private volatile boolean everCut;

	/**
	 * @param signer who signs them, or null
	 * @param message to send each time, or null for payloads that can be told apart
	 */
	public Payloads(@Nullable Signer signer, byte @Nullable [] message) {
		this(signer, message, new byte[0]);
	}

	private Payloads(@Nullable Signer signer, byte @Nullable [] message, byte[] head) {
		this.signer = signer;
		this.message = message;
		this.head = head;
	}

	/**
	 * Payloads of any length, which can be told apart behind a message as far as they are longer.
	 * @param signer who signs them, or null
	 * @param message that each begins with; may be empty
	 */
	public static Payloads behind(@Nullable Signer signer, byte[] message) {
		return new Payloads(signer, null, message);
	}

	/**
	 * @return the shortest length of the message in bytes
	 */
	int minLength() {
		return (this.head.length == 0) ? 1 : this.head.length + 1 + MAX_DIGITS + this.marker.length;
	}

	/**
	 * @return how many bytes of a payload are not its message
	 */
	public int signature() {
		return (this.signer != null) ? Trailer.LENGTH : 0;
	}

	/**
	 * Sends the message, or a payload that is like no other, as far as its length allows.
	 * @param length of the message in bytes, which is at least {@link #minLength()}
	 */
	CompletableFuture<FlowDatagram> send(Flow flow, int length, Duration timeout) {
		return send(flow, this.next++, length, timeout);
	}

	/**
	 * Sends the same with a number that the caller counts.
	 * @param number of no other that waits; 0 to 999,999,999, and its key
	 */
	public CompletableFuture<FlowDatagram> send(Flow flow, int number, int length, Duration timeout) {
		byte[] own = (this.message != null) ? this.message : numbered(number, length);
		byte[] payload = (this.signer != null) ? this.signer.signed(own) : own;
		return flow.send(number, payload, timeout);
	}

	/**
	 * Waits until a datagram is over, which its time-out bounds.
	 */
	static <T> T await(CompletableFuture<T> sent) throws InterruptedException {
		try {
			return sent.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	private byte[] numbered(int number, int length) {
		byte[] digits = (NUMBER + Integer.toString(number)).getBytes(StandardCharsets.US_ASCII);
		int whole = this.head.length + digits.length + this.marker.length;
		this.cut = length < whole;
		this.everCut |= this.cut;
		byte[] payload = new byte[Math.max(length, whole)];
		Arrays.fill(payload, (byte) '.');
		ByteBuffer.wrap(payload).put(this.head).put(digits).put(this.marker);
		return Arrays.copyOf(payload, length);
	}

	/**
	 * An echo returns the message, but not the signature.
	 */
	@Override
	public long answered(ByteBuffer payload) {
		if (this.message != null) {
			return OLDEST;
		}
		int last = Math.min(payload.remaining(), this.head.length + SEARCHED) - this.marker.length;
		boolean found = false;
		for (int at = this.head.length + 1; at <= last; at++) {
			if (markerAt(payload, at) == this.marker.length) {
				found = true;
				long key = numberBefore(payload, at);
				if (key >= 0) {
					this.echoed = true;
					return key;
				}
			}
		}
		if (found) {
			return STRAY;
		}
		if (this.head.length == 0) {
			return ofCut(payload);
		}
		return this.echoed ? STRAY : OLDEST;
	}

	/**
	 * An echo of a short message, or one that is cut, ends in the beginning of what was sent. If
	 * its number is not whole, it is of a message that was that short.
	 */
	private long ofCut(ByteBuffer payload) {
		int end = payload.remaining();
		int start = end - 1;
		while (start >= 0 && end - start <= 1 + MAX_DIGITS + this.marker.length && payload.get(start) != NUMBER) {
			start--;
		}
		if (start < 0 || payload.get(start) != NUMBER) {
			return OLDEST;
		}
		int digits = start + 1;
		while (digits < end && isDigit(payload.get(digits))) {
			digits++;
		}
		if (digits + markerAt(payload, digits) < end) {
			return OLDEST;
		}
		// A blank may stand behind anybody's number.
		boolean whole = digits > start + 1 && digits + 1 < end;
		return whole ? numberBefore(payload, digits) : (this.everCut && !this.cut) ? STRAY : OLDEST;
	}

	/**
	 * @return how many bytes of the marker are there
	 */
	private int markerAt(ByteBuffer payload, int at) {
		int length = 0;
		while (length < this.marker.length && at + length < payload.remaining()
				&& payload.get(at + length) == this.marker[length]) {
			length++;
		}
		return length;
	}

	/**
	 * @param end where the number's digits end
	 */
	private static long numberBefore(ByteBuffer payload, int end) {
		long number = 0;
		long unit = 1;
		int at = end - 1;
		while (at > 0 && end - at <= MAX_DIGITS && isDigit(payload.get(at))) {
			number += unit * (payload.get(at) - '0');
			unit *= 10;
			at--;
		}
		return (unit > 1 && payload.get(at) == NUMBER) ? number : STRAY;
	}

	/**
	 * Behind the end of a quotation there may be padding, so a number counts only if it is whole.
	 */
	@Override
	public long quoted(ByteBuffer payload) {
		if (this.message != null) {
			return OLDEST;
		}
		int start = this.head.length + 1;
		int end = start;
		while (end < payload.remaining() && isDigit(payload.get(end))) {
			end++;
		}
		return (end > start && end < payload.remaining() && payload.get(end) == this.marker[0])
				? numberBefore(payload, end)
				: OLDEST;
	}

	private static boolean isDigit(byte character) {
		return character >= '0' && character <= '9';
	}

}
