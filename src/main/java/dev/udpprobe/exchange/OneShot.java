package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.QueuedError;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * One exchange on a socket of its own. The first outcome ends it.
 */
final class OneShot extends Endpoint {

	/** What a target gets at the most, however it challenges. */
	private static final int MAX_SENT = 16;

	private final Dialogue dialogue;

	private final boolean again;

	private final Promise promise = new Promise();

	private final Transcript transcript;

	private boolean ignoring;

	private boolean holding;

	/** What an error says that was found while a datagram is looked at. */
	private @Nullable Outcome held;

	/**
	 * What the caller has of it. To cancel it abandons the exchange.
	 */
	private final class Promise extends CompletableFuture<Exchange> {

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			boolean cancelled = super.cancel(mayInterruptIfRunning);
			if (cancelled) {
				loop().execute(OneShot.this::abandon);
			}
			return cancelled;
		}

	}

	/**
	 * @param again whether the port is to be free for the next exchange when this one is told to be over
	 */
	OneShot(ExchangeLoop loop, ExchangeChannels channels, DatagramChannel channel, InetSocketAddress remote,
			ExchangeOptions options, Dialogue dialogue, boolean again) throws IOException {
		super(loop, channels, channel, remote, options);
		this.dialogue = dialogue;
		this.again = again;
		this.transcript = new Transcript(remote);
	}

	/**
	 * @return completed by the loop's thread
	 */
	CompletableFuture<Exchange> promise() {
		return this.promise;
	}

	/**
	 * Sends the first datagram. To be called once.
	 */
	void begin() {
		attempt(() -> {
			loop().check();
			Dialogue.Send first = this.dialogue.first(local());
			Outcome tooLong = ExchangeOptions.tooLong(remote(), first.payload().length);
			if (tooLong != null) {
				end(Exchange.unsent(remote(), tooLong));
				return;
			}
			loop().reader().forgetEarlier(this);
			send(first.payload(), first.timeout().toNanos());
			if (isOpen()) {
				listen();
			}
		});
	}

	private void send(byte[] payload, long timeoutNanos) {
		SentDatagram datagram = new SentDatagram(this, payload, timeoutNanos);
		Outcome unsent = transmit(datagram, payload);
		if (!isOpen()) {
			return;
		}
		if (unsent != null) {
			end(unsent);
			return;
		}
		this.transcript.addSent(datagram, payload.length);
		loop().set(datagram, datagram.dueNanos());
		loop().reader().readError(this);
	}

	private SentDatagram last() {
		return this.transcript.lastSent();
	}

	@Override
	@Nullable
	SentDatagram sent(int index) {
		return this.transcript.sent(index);
	}

	@Override
	boolean isWaiting() {
		return true;
	}

	/** One that is not connected has those of everybody. */
	@Override
	boolean isIgnoring(IOException pending) {
		return this.ignoring || (options().socket() != SocketKind.CONNECTED && Failures.isOfIcmp(pending, isIpv6()));
	}

	@Override
	void reported(QueuedError error, ByteBuffer quoted) {
		SentDatagram datagram = isOfTarget(error) ? this.transcript.quotedBy(quoted) : null;
		if (datagram == null) {
			this.ignoring = true;
			return;
		}
		RoundTrip roundTrip = datagram.roundTrip(error.timeNanos(), System.nanoTime());
		if (datagram.isTooLate(roundTrip)) {
			this.ignoring = true;
		}
		else if (this.holding) {
			this.held = Failures.onIcmp(error, roundTrip);
		}
		else {
			end(Failures.onIcmp(error, roundTrip));
		}
	}

	/**
	 * Whether the datagram that failed was sent to the target. The kernel sees to that only where the
	 * socket is connected.
	 */
	private boolean isOfTarget(QueuedError error) {
		return options().socket() == SocketKind.CONNECTED || remote().equals(error.destination());
	}

	/**
	 * The round trip is that of what was sent last, unless the dialogue says otherwise: by itself
	 * this cannot tell which datagram an answer is to, where the same was sent twice. An error that
	 * is found only after the datagram was read counts only if that is no answer.
	 */
	@Override
	void received(byte[] payload, InetSocketAddress from, long arrivedNanos, long nowNanos) {
		if (!this.transcript.isTimed()) {
			this.holding = true;
			loop().reader().readErrors(this);
			this.holding = false;
		}
		boolean early = this.transcript.isBefore(0, arrivedNanos, nowNanos);
		RoundTrip roundTrip = last().roundTrip(arrivedNanos, nowNanos);
		Outcome error = this.held;
		this.held = null;
		Dialogue.Step step = early ? Dialogue.As.STRAY : step(payload, from, roundTrip);
		if (step instanceof Dialogue.Answer(int datagram)
				&& this.transcript.isBefore(datagram, arrivedNanos, nowNanos)) {
			step = Dialogue.As.STRAY;
		}
		switch (step) {
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
				send(more);
			}
		}
	}

	private void answered(byte[] payload, InetSocketAddress from, RoundTrip roundTrip) {
		this.transcript.addAnswer(payload, from, roundTrip);
		end(this.transcript.outcome());
	}

	private Dialogue.Step step(byte[] payload, InetSocketAddress from, RoundTrip roundTrip) {
		if (last().isTooLate(roundTrip)) {
			return Dialogue.As.STRAY;
		}
		if (!options().answersFrom().admits(from, remote())) {
			this.transcript.misaddressed(from, payload, roundTrip);
			return Dialogue.As.STRAY;
		}
		Dialogue.Step step = this.dialogue.received(ByteBuffer.wrap(payload));
		if (step == Dialogue.As.STRAY) {
			this.transcript.mismatched(payload, from, roundTrip);
		}
		boolean tooMany = (step instanceof Dialogue.Send && this.transcript.sent().size() == MAX_SENT)
				|| (step == Dialogue.As.PART && this.transcript.isFull());
		return tooMany ? Dialogue.As.STRAY : step;
	}

	/**
	 * Looks once more when the time is over: the loop may be behind, if the processors are
	 * busy, and the answer be there since long.
	 */
	@Override
	void due(SentDatagram datagram) {
		loop().reader().readLast(this);
		if (!isOpen() || datagram != last()) {
			return;
		}
		Dialogue.Send more = this.dialogue.silent();
		if (more != null && this.transcript.sent().size() < MAX_SENT) {
			send(more);
		}
		else {
			end(this.transcript.outcome());
		}
	}

	private void send(Dialogue.Send more) {
		loop().cancel(last());
		send(more.payload(), more.timeout().toNanos());
	}

	@Override
	void broke(IOException error) {
		end(Failures.onReceive(error, isIpv6(), last().roundTrip(0, System.nanoTime())));
	}

	private void end(Outcome outcome) {
		end(this.transcript.end(local(), outcome));
	}

	private void end(Exchange exchange) {
		if (!abandon()) {
			return;
		}
		if (this.again) {
			loop().executeWhenClosed(() -> tell(() -> this.promise.complete(exchange)));
		}
		else {
			tell(() -> this.promise.complete(exchange));
		}
	}

	@Override
	void fail(Throwable failure) {
		try {
			abandon();
		}
		finally {
			tell(() -> this.promise.completeExceptionally(failure));
		}
	}

	/**
	 * @return whether this ended it
	 */
	private boolean abandon() {
		// First, so that nothing stays open whatever happens to the rest.
		boolean released = release();
		for (SentDatagram datagram : this.transcript.sent()) {
			loop().cancel(datagram);
		}
		return released;
	}

}
