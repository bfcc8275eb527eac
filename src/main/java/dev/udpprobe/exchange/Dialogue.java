package dev.udpprobe.exchange;

import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an exchange says, after its first datagram, and what it takes for an answer. Of one
 * exchange; called by the loop's thread, so it must be quick, and must not block. What it is
 * given is hostile. If it throws, the exchange fails with that.
 */
public interface Dialogue {

	/**
	 * Takes whatever comes from the target for the answer.
	 */
	Dialogue ANY = (_) -> As.ANSWER;

	/**
	 * What follows from a datagram.
	 */
	sealed interface Step {}

	/**
	 * It is taken as one of these, and nothing more is sent.
	 */
	enum As implements Step {

		/** The answer. */
		ANSWER,

		/** A part of the answer; the exchange goes on until its time is over. */
		PART,

		/** No answer to what was asked. */
		STRAY

	}

	/**
	 * It asks for another datagram, on the same port.
	 *
	 * @param payload 0 bytes or more
	 * @param timeout how long to wait for its answer; positive
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Send(byte[] payload, Duration timeout) implements Step {}

	/**
	 * A datagram came from the target, in time.
	 * @param datagram its payload; to be copied, if it is kept
	 */
	Step received(ByteBuffer datagram);

	/**
	 * The time is over, and no datagram was the answer.
	 * @return what to send now, such as the same again; null to leave it at that
	 */
	default @Nullable Send silent() {
		return null;
	}

}
