package dev.udpprobe.server;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.LogBudget;
import dev.udpprobe.net.PeerAddress;

/**
 * The one peer that is served in exclusive mode, from its first datagram on until the handler
 * lets it go. Sources and refusals can be forged: so a peer that has come once, or that may be
 * gone, keeps the socket for a moment only, unless it comes again. The receiving thread's own.
 */
final class ExclusivePeer {

	private static final LogAccessor logger = new LogAccessor(ExclusivePeer.class);

	/** So many sockets of earlier peers may be open, which whoever sends farewells could make grow. */
	private static final int MAX_LEAVING = 16;

	/** Room for a client that asks once a second to lose one datagram on the way, or its reply. */
	private static final long PATIENCE_NANOS = 3_000_000_000L;

	private final LogBudget logBudget = new LogBudget(1);

	private final UdpSocket socket;

	private final Handler handler;

	private final ServerCounts counts;

	private @Nullable PeerAddress peer;

	private Presence presence = Presence.CERTAIN;

	/** In this batch, so that nobody else gets the socket before its datagram is answered. */
	private boolean hasJustCome;

	/** {@link System#nanoTime} until which it is to come again, unless its presence is certain. */
	private long awaitedUntilNanos;

	/**
	 * What is known of the peer.
	 */
	private enum Presence {

		/** It has come again. */
		CERTAIN,

		/** It has come once. */
		NEW,

		/** Its host may have refused a reply, and it has sent nothing since. */
		DOUBTFUL,

		/** Its host has refused a reply, and it has sent nothing since. */
		REFUSED

	}

	ExclusivePeer(UdpSocket socket, Handler handler, ServerCounts counts) {
		this.socket = socket;
		this.handler = handler;
		this.counts = counts;
	}

	/**
	 * Connects to the sender of a datagram, where nobody is served.
	 * @return why the datagram is not to be answered, or null
	 */
	@Nullable
	DropReason dropReason(Batch batch, int index) {
		PeerAddress sender = batch.get(index).peer();
		if (sender.equals(this.peer)) {
			this.presence = Presence.CERTAIN;
			return null;
		}
		try {
			if (this.peer != null && (this.hasJustCome || !isGone())) {
				return TransportDrop.OTHER_PEER;
			}
			DropReason reason = this.handler.connectDropReason(batch.get(index));
			if (reason == null) {
				free();
				connect(batch, index);
			}
			return reason;
		}
		catch (IOException ex) {
			if (this.logBudget.take()) {
				logger.warn("cannot connect to " + sender + ": " + ErrorText.of(ex));
			}
			return TransportDrop.SEND_FAILED;
		}
	}

	private void connect(Batch batch, int index) throws IOException {
		if (this.socket.leaving() >= MAX_LEAVING) {
			throw new IOException("too many sockets of earlier peers are still open");
		}
		batch.connect(index);
		this.peer = batch.get(index).peer().copy();
		this.hasJustCome = true;
		await(Presence.NEW);
	}

	private void await(Presence next) {
		this.presence = next;
		this.awaitedUntilNanos = System.nanoTime() + PATIENCE_NANOS;
	}

	/**
	 * To be called when a batch has been handled.
	 */
	void handled(Batch batch) throws IOException {
		this.hasJustCome = false;
		heard(batch.takeRefusal());
		freeIfEnded();
	}

	/**
	 * To be called when receiving has failed.
	 * @return whether an ICMP message was the cause: about a reply to the peer, or on a socket of
	 * before to one that is not served any more
	 */
	boolean hears(Batch batch, IOException error) throws IOException {
		Refusal refusal = batch.refusal(error);
		if (!this.socket.hasReadLeaving()) {
			heard((refusal != null) ? refusal : Refusal.NONE);
			freeIfEnded();
		}
		else if (refusal == Refusal.PROVEN) {
			this.counts.refused();
		}
		return refusal != null;
	}

	private void heard(Refusal refusal) {
		if (refusal == Refusal.PROVEN) {
			this.presence = Presence.REFUSED;
		}
		else if (refusal == Refusal.UNPROVEN && this.presence == Presence.CERTAIN) {
			await(Presence.DOUBTFUL);
		}
		else if (refusal == Refusal.UNPROVEN && this.presence == Presence.NEW) {
			this.presence = Presence.DOUBTFUL;
		}
	}

	/**
	 * Lets the next peer come, if this one is gone or the handler serves it no more.
	 */
	void freeIfEnded() throws IOException {
		if (this.peer != null && (isGone() || !this.handler.isServed(this.peer))) {
			free();
		}
	}

	private boolean isGone() {
		return switch (this.presence) {
			case CERTAIN -> false;
			case NEW, DOUBTFUL -> System.nanoTime() - this.awaitedUntilNanos >= 0;
			case REFUSED -> true;
		};
	}

	private void free() throws IOException {
		PeerAddress last = this.peer;
		if (last == null) {
			return;
		}
		// First: where the socket cannot be replaced now, it is tried again.
		this.socket.disconnect();
		this.peer = null;
		if (this.presence != Presence.NEW && isGone()) {
			this.counts.refused();
			this.handler.refused(last);
		}
	}

}
