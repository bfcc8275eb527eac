package dev.udpprobe.echo;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Tells from a payload that another server answers our replies, which we would answer in
 * turn. Each turn puts the other's greeting and ours before what was there, so the payload
 * begins with one and the same string again and again, and that string ends with our
 * greeting:
 *
 * <pre>
 * | other, ours | other, ours | other, ours | other, ours | what began it
 * </pre>
 *
 * Nothing is remembered, so nobody can fill a memory or be taken for somebody else. A
 * greeting that is shorter than {@value #MIN_GREETING} bytes, or one byte repeated, tells
 * nothing, as an honest payload may be filled with it. For any thread; takes no memory.
 */
final class LoopDetector {

	private static final int MIN_GREETING = Integer.BYTES;

	private static final int TURNS = 4;

	private static final int MAX_OTHER = 64;

	private final @Nullable ByteBuffer greeting;

	LoopDetector(byte[] greeting) {
		this.greeting = isTelling(greeting) ? ByteBuffer.wrap(greeting.clone()) : null;
	}

	private static boolean isTelling(byte[] greeting) {
		for (byte other : greeting) {
			if (other != greeting[0]) {
				return greeting.length >= MIN_GREETING;
			}
		}
		return false;
	}

	/**
	 * @param payload from its position on; nothing of the buffer changes
	 */
	boolean isLoop(ByteBuffer payload) {
		ByteBuffer ours = this.greeting;
		if (ours == null || payload.remaining() < TURNS * ours.limit()) {
			return false;
		}
		int end = ours.getInt(ours.limit() - Integer.BYTES);
		int start = payload.position();
		int maxTurn = Math.min(ours.limit() + MAX_OTHER, payload.remaining() / TURNS);
		for (int turn = ours.limit(); turn <= maxTurn; turn++) {
			if (payload.getInt(start + turn - Integer.BYTES) == end && isTurn(payload, start, turn, ours)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isTurn(ByteBuffer payload, int start, int turn, ByteBuffer ours) {
		int greetingStart = start + turn - ours.limit();
		for (int i = 0; i < ours.limit(); i++) {
			if (payload.get(greetingStart + i) != ours.get(i)) {
				return false;
			}
		}
		for (int i = start; i < start + (TURNS - 1) * turn; i++) {
			if (payload.get(i) != payload.get(i + turn)) {
				return false;
			}
		}
		return true;
	}

}
