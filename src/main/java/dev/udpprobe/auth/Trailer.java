package dev.udpprobe.auth;

/**
 * What stands behind a message and shows who sent it, and when. All numbers are big-endian.
 *
 * <pre>
 * | 0 ..    | end - 32                          | end - 24 | end - 16              |
 * | message | microseconds since 1970, 64 bits  | nonce    | tag                   |
 * </pre>
 *
 * The nonce is any 8 bytes that the sender uses once in a microsecond. So the datagrams of
 * two senders differ even if key, message and microsecond are the same. The tag is the
 * first half of HMAC-SHA256(key, message | time | nonce), the shortest that RFC 2104 5
 * recommends.
 */
public final class Trailer {

	static final int TIME = Long.BYTES;

	static final int NONCE = Long.BYTES;

	static final int TAG = 16;

	/** Bytes of it. */
	public static final int LENGTH = TIME + NONCE + TAG;

	private Trailer() {}

}
