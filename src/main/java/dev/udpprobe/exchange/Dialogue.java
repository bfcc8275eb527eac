package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an exchange says, and what it takes for an answer. Of one exchange; called by the loop's
 * thread, so it must be quick, and must not block. What it is given is hostile. If it throws, the
 * exchange fails with that.
 */
public interface Dialogue {

	/**
	 * What follows from a datagram.
	 */
	sealed interface Step {}

	/**
	 * It is taken as one of these, and nothing more is sent.
	 */
	enum As implements Step {

		/** The answer, to what was sent last. */
		ANSWER,

		/** A part of the answer; the exchange goes on until its time is over. */
		PART,

		/** No answer to what was asked. */
		STRAY

	}

	/**
	 * The answer to one of several datagrams, whose round trip it ends. It is in time as long as the
	 * exchange goes on, which every datagram that is sent later prolongs. What came before that
	 * datagram left is no answer to it.
	 *
	 * @param datagram how many left before the one that it answers: at least 0, and fewer than have
	 * left, or else the exchange fails
	 */
	record Answer(int datagram) implements Step {}

	/**
	 * A datagram to send, always to the target and from the same port.
	 *
	 * @param payload 0 bytes or more
	 * @param timeout how long to wait for its answer; positive
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Send(byte[] payload, Duration timeout) implements Step {}

	/**
	 * Makes the first datagram. Called once, before all others.
	 * @param local the address that it leaves from; the wildcard address and a port where the socket is
	 * not connected and the options name no source
	 */
	Send first(InetSocketAddress local);

	/**
	 * A datagram came, in time, from the target or who else may answer: {@link ExchangeOptions#answersFrom}.
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

	/**
	 * Sends one datagram, and takes for the answer whatever comes from whoever may answer.
	 *
	 * @param payload 0 bytes or more; not to be changed any more
	 * @param timeout how long to wait for an answer; positive
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Once(byte[] payload, Duration timeout) implements Dialogue {

		@Override
		public Send first(InetSocketAddress local) {
			return new Send(this.payload, this.timeout);
		}

		@Override
		public Step received(ByteBuffer datagram) {
			return As.ANSWER;
		}

	}

}
