package dev.udpprobe.echo;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Trailer;
import dev.udpprobe.auth.Verifier;
import dev.udpprobe.echo.Alternations.Turns;
import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.server.Batch;
import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.Handler;
import dev.udpprobe.server.Slot;

/**
 * The echo: answers a payload by the greeting and the payload. The rules look into a payload
 * only for the farewell at its start, the signs of a loop and, with a key, the signature at
 * its end. The peer is always the address that the datagram came from.
 */
public final class EchoHandler implements Handler {

	private final Guard guard;

	private final byte[] greeting;

	private final ByteBuffer farewell;

	private final Duration sessionIdle;

	private final @Nullable Verifier verifier;

	private final Sessions sessions;

	private final Alternations alternations;

	/**
	 * @param guard asked for its limits under the lock of the sessions only
	 */
	public EchoHandler(EchoSettings settings, Guard guard, Sessions sessions) {
		this.guard = guard;
		this.greeting = settings.greeting();
		this.farewell = ByteBuffer.wrap(settings.farewell());
		this.sessionIdle = settings.sessionIdle();
		this.verifier = settings.keys().isEmpty() ? null : new Verifier(settings.keys());
		this.sessions = sessions;
		this.alternations = sessions.alternations();
	}

	@Override
	public int headroom() {
		return this.greeting.length;
	}

	@Override
	public void prepare(Slot slot) {
		slot.buffer().put(this.greeting);
	}

	/**
	 * The cheapest question comes first, and the limits come last: a datagram that is dropped
	 * for another reason uses up nothing of what its source may have. Signatures take long, and
	 * so may admitting a peer, so all but the limits is asked before the lock of the sessions is
	 * taken, once for all datagrams.
	 */
	@Override
	public void handle(Batch batch) {
		for (int i = 0; i < batch.count(); i++) {
			DropReason reason = dropReason(batch.get(i));
			if (reason != null) {
				batch.get(i).drop(reason);
			}
			else {
				batch.admit(i);
			}
		}
		long nowNanos = System.nanoTime();
		synchronized (this.sessions) {
			this.alternations.dropOverdue(nowNanos);
			for (int i = 0; i < batch.count(); i++) {
				if (batch.get(i).isOpen()) {
					settle(batch, i, nowNanos);
				}
			}
		}
	}

	private @Nullable DropReason dropReason(Slot datagram) {
		DropReason reason = this.guard.dropReason(datagram);
		return (reason != null || this.verifier == null) ? reason : authenticate(datagram, this.verifier);
	}

	/**
	 * Leaves nothing but the message of a datagram that is genuine.
	 * @return why another one is not answered
	 */
	private static @Nullable DropReason authenticate(Slot datagram, Verifier verifier) {
		return switch (verifier.verify(datagram.payload())) {
			case GENUINE -> {
				datagram.cut(Trailer.LENGTH);
				yield null;
			}
			case UNAUTHENTICATED -> EchoDrop.UNAUTHENTICATED;
			case STALE -> EchoDrop.STALE;
			case REPLAYED -> EchoDrop.REPLAYED;
		};
	}

	private void settle(Batch batch, int index, long nowNanos) {
		Slot datagram = batch.get(index);
		DropReason reason = this.guard.rateDropReason(datagram, nowNanos);
		if (reason != null) {
			datagram.drop(reason);
			return;
		}
		Turns turns = this.sessions.seen(datagram.peer(), datagram.length(), nowNanos);
		Slot earlier = this.alternations.release(turns, batch, index);
		if (earlier != null) {
			earlier.reply(this.greeting.length);
		}
		if (isFarewell(datagram.payload())) {
			datagram.end();
			this.sessions.end(datagram.peer(), SessionEnd.FAREWELL);
		}
		else {
			datagram.reply(this.greeting.length);
			if (turns.areMany() && this.guard.breaksAlternation() && datagram.isToReply()) {
				this.alternations.hold(turns, batch, index);
			}
		}
	}

	private boolean isFarewell(ByteBuffer payload) {
		int length = this.farewell.limit();
		if (payload.remaining() < length) {
			return false;
		}
		int start = payload.position();
		for (int i = 0; i < length; i++) {
			if (payload.get(start + i) != this.farewell.get(i)) {
				return false;
			}
		}
		return true;
	}

	@Override
	public Duration sweepInterval() {
		return this.sessionIdle;
	}

	@Override
	public void sweep(long nowNanos) {
		this.sessions.endIdle(nowNanos);
	}

	/**
	 * One above its limit makes no sockets come and go, and this costs it nothing.
	 */
	@Override
	public @Nullable DropReason connectDropReason(Slot datagram) {
		synchronized (this.sessions) {
			return this.guard.exceededRate(datagram, System.nanoTime());
		}
	}

	@Override
	public boolean isServed(PeerAddress peer) {
		return this.sessions.contains(peer);
	}

	@Override
	public void refused(PeerAddress peer) {
		this.sessions.end(peer, SessionEnd.REFUSED);
	}

	/**
	 * Another echo server would send from one of these ports.
	 */
	@Override
	public void listensOn(int... ports) {
		this.guard.listensOn(ports);
	}

	@Override
	public Optional<String> warning() {
		return Amplification.warning(this.greeting.length);
	}

	@Override
	public void stopped() {
		this.sessions.endAll();
	}

}
