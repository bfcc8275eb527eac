package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * One exchange on a socket: what is said there, and what comes of it. The first outcome ends it. For
 * the loop's thread.
 */
final class Conversation {

	private final ExchangeSocket socket;

	private final Dialogue dialogue;

	private final ExchangePromise promise = new ExchangePromise(this);

	private final Transcript transcript;

	private final Attribution attribution;

	/** How many datagrams had left from the socket before the first of these. */
	private int leftBefore;

	private boolean over;

	/**
	 * A datagram of an exchange, which is not sent any more when that is over.
	 */
	private final class Said extends SentDatagram {

		private Said(byte[] payload, Duration timeout) {
			super(Conversation.this.socket, payload, timeout.toNanos());
		}

		@Override
		boolean isWanted() {
			return !Conversation.this.over;
		}

	}

	Conversation(ExchangeSocket socket, Dialogue dialogue) {
		this.socket = socket;
		this.dialogue = dialogue;
		this.transcript = new Transcript(socket.remote(), socket.openedNanos());
		this.attribution = new Attribution(socket, dialogue, this.transcript);
	}

	/**
	 * @return completed by the loop's thread
	 */
	CompletableFuture<Exchange> promise() {
		return this.promise;
	}

	/**
	 * Sends the first datagram. To be called once, within {@link Endpoint#attempt}.
	 */
	void begin() {
		Dialogue.Send first = this.dialogue.first(this.socket.local());
		Outcome tooLong = ExchangeOptions.tooLong(this.socket.remote(), first.payload().length);
		if (tooLong != null) {
			end(Exchange.unsent(this.socket.remote(), tooLong));
			return;
		}
		this.leftBefore = this.socket.left();
		try {
			this.socket.forgetEarlier();
			send(first);
		}
		catch (IOException ex) {
			broke(ex);
		}
	}

	private void send(Dialogue.Send more) {
		byte[] payload = more.payload();
		SentDatagram datagram = new Said(payload, more.timeout());
		Outcome unsent = this.socket.transmit(datagram, payload);
		if (this.over) {
			return;
		}
		if (unsent != null) {
			end(unsent);
			return;
		}
		this.transcript.addSent(datagram, payload.length);
		this.socket.loop().set(datagram, datagram.dueNanos());
		this.socket.loop().reader().readError(this.socket);
	}

	private void sendNext(Dialogue.Send more) {
		this.socket.loop().cancel(this.transcript.lastSent());
		send(more);
	}

	/**
	 * @param index of those that left from the socket, from 0, modulo 2^32
	 * @return null if it is none of these
	 */
	@Nullable
	SentDatagram sent(int index) {
		return this.transcript.sent(index - this.leftBefore);
	}

	boolean isIgnoring() {
		return this.attribution.isIgnoring();
	}

	/**
	 * @see Endpoint#reported
	 */
	void reported(QueuedError error, ByteBuffer quoted) {
		Outcome outcome = this.attribution.reported(error, quoted);
		if (outcome != null) {
			end(outcome);
		}
	}

	/**
	 * The round trip is that of what was sent last, unless the dialogue says otherwise: by itself
	 * this cannot tell which datagram an answer is to, where the same was sent twice.
	 * @see Endpoint#received
	 */
	void received(byte[] payload, InetSocketAddress from, long arrivedNanos, long nowNanos) {
		Outcome error = this.attribution.readErrors();
		RoundTrip roundTrip = this.transcript.lastSent().roundTrip(arrivedNanos, nowNanos);
		switch (this.attribution.step(payload, from, roundTrip, arrivedNanos, nowNanos)) {
			case Dialogue.As.STRAY -> {
				this.transcript.stray();
				if (error != null) {
					end(error);
				}
			}
			case Dialogue.As.PART -> this.transcript.addAnswer(payload, from, roundTrip);
			case Dialogue.As.ANSWER -> answered(payload, from, roundTrip);
			case Dialogue.Answer(int datagram) ->
				answered(payload, from, this.transcript.numbered(datagram).roundTrip(arrivedNanos, nowNanos));
			case Dialogue.Send more -> {
				this.transcript.addAnswer(payload, from, roundTrip);
				this.transcript.awaitNext();
				sendNext(more);
			}
		}
	}

	private void answered(byte[] payload, InetSocketAddress from, RoundTrip roundTrip) {
		this.transcript.addAnswer(payload, from, roundTrip);
		end(this.transcript.outcome());
	}

	/**
	 * Looks once more when the time is over: the loop may be behind, if the processors are
	 * busy, and the answer be there since long.
	 * @see Endpoint#due
	 */
	void due(SentDatagram datagram) {
		this.socket.loop().reader().readLast(this.socket);
		if (this.over || datagram != this.transcript.lastSent()) {
			return;
		}
		Dialogue.Send more = this.dialogue.silent();
		if (more != null && !this.transcript.hasSentAll()) {
			sendNext(more);
		}
		else {
			end(this.transcript.outcome());
		}
	}

	/**
	 * @see Endpoint#broke
	 */
	void broke(IOException error) {
		Outcome outcome = this.attribution.broke(error);
		if (outcome instanceof Outcome.NotSent) {
			this.socket.unusable();
		}
		if (outcome != null) {
			end(outcome);
		}
	}

	void end(Outcome outcome) {
		end(this.transcript.end(this.socket.local(), outcome));
	}

	private void end(Exchange exchange) {
		if (abandon()) {
			this.socket.tellEnd(this.promise, exchange);
		}
	}

	/**
	 * For any thread.
	 */
	void cancelled() {
		this.socket.loop().execute(this::abandon);
	}

	void fail(Throwable failure) {
		try {
			abandon();
		}
		finally {
			this.socket.tell(() -> this.promise.completeExceptionally(failure));
		}
	}

	/**
	 * Ends it without an outcome.
	 */
	void cancel() {
		if (abandon()) {
			this.socket.tell(() -> this.promise.cancel(false));
		}
	}

	/**
	 * @return whether this ended it
	 */
	private boolean abandon() {
		if (this.over) {
			return false;
		}
		this.over = true;
		// First, so that nothing stays open whatever happens to the rest.
		this.socket.leave(this.transcript.sent().size());
		for (SentDatagram datagram : this.transcript.sent()) {
			this.socket.loop().cancel(datagram);
		}
		return true;
	}

}
