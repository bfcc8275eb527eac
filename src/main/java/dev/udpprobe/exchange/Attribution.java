package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * Tells what is an exchange's own of what comes on its socket. For the loop's thread.
 */
final class Attribution {

	private final ExchangeSocket socket;

	private final Dialogue dialogue;

	private final Transcript transcript;

	private boolean ignoring;

	private boolean holding;

	/** What an error says that was found while a datagram is looked at. */
	private @Nullable Outcome held;

	Attribution(ExchangeSocket socket, Dialogue dialogue, Transcript transcript) {
		this.socket = socket;
		this.dialogue = dialogue;
		this.transcript = transcript;
	}

	/**
	 * @return whether an error was found that is of somebody else's datagram
	 */
	boolean isIgnoring() {
		return this.ignoring;
	}

	/**
	 * @return what the exchange ends as by an ICMP error, or null if it goes on
	 */
	@Nullable
	Outcome reported(QueuedError error, ByteBuffer quoted) {
		SentDatagram datagram = this.socket.isOfTarget(error) ? this.transcript.quotedBy(quoted) : null;
		long nowNanos = System.nanoTime();
		if (datagram == null || this.transcript.isBefore(datagram, error.timeNanos(), nowNanos)) {
			this.ignoring = true;
			return null;
		}
		RoundTrip roundTrip = datagram.roundTrip(error.timeNanos(), nowNanos);
		if (datagram.isTooLate(roundTrip)) {
			this.ignoring = true;
			return null;
		}
		Outcome outcome = Failures.onIcmp(error, roundTrip);
		if (this.holding) {
			this.held = outcome;
			return null;
		}
		return outcome;
	}

	/**
	 * What ICMP says before anything is sent is of the exchange before.
	 * @param error of the socket, which nothing else tells of
	 * @return what the exchange ends as, or null if it goes on
	 */
	@Nullable
	Outcome broke(IOException error) {
		boolean ipv6 = this.socket.isIpv6();
		if (this.transcript.sent().isEmpty()) {
			return Failures.isOfIcmp(error, ipv6) ? null : Failures.onReceive(error, ipv6, RoundTrip.jvm(0));
		}
		return Failures.onReceive(error, ipv6, this.transcript.lastSent().roundTrip(0, System.nanoTime()));
	}

	/**
	 * Reads the errors and times of leaving that are there, before a datagram is looked at. An error that
	 * is found only after the datagram was read counts only if that is no answer.
	 * @return what the exchange ends as then, or null
	 */
	@Nullable
	Outcome readErrors() {
		if (this.transcript.isTimed()) {
			return null;
		}
		this.holding = true;
		this.socket.loop().reader().readErrors(this.socket);
		this.holding = false;
		Outcome error = this.held;
		this.held = null;
		return error;
	}

	/**
	 * @param roundTrip from the datagram that was sent last
	 * @return what follows from a datagram
	 */
	Dialogue.Step step(byte[] payload, InetSocketAddress from, RoundTrip roundTrip, long arrivedNanos, long nowNanos) {
		if (this.transcript.isBefore(this.transcript.numbered(0), arrivedNanos, nowNanos)
				|| this.transcript.lastSent().isTooLate(roundTrip)) {
			return Dialogue.As.STRAY;
		}
		if (!this.socket.options().answersFrom().admits(from, this.socket.remote())) {
			this.transcript.misaddressed(from, payload, roundTrip);
			return Dialogue.As.STRAY;
		}
		Dialogue.Step step = this.dialogue.received(ByteBuffer.wrap(payload));
		if (step == Dialogue.As.STRAY) {
			this.transcript.mismatched(payload, from, roundTrip);
		}
		return isRefused(step, arrivedNanos, nowNanos) ? Dialogue.As.STRAY : step;
	}

	private boolean isRefused(Dialogue.Step step, long arrivedNanos, long nowNanos) {
		return switch (step) {
			case Dialogue.Answer(int datagram) ->
				this.transcript.isBefore(this.transcript.numbered(datagram), arrivedNanos, nowNanos);
			case Dialogue.Send _ -> this.transcript.hasSentAll();
			case Dialogue.As as -> as == Dialogue.As.PART && this.transcript.isFull();
		};
	}

}
