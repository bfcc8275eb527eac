package dev.udpprobe.server;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.LogBudget;
import dev.udpprobe.net.PeerAddress;

/**
 * The one peer that is served in exclusive mode, from its first datagram on until the handler
 * lets it go. The receiving thread's own.
 */
final class ExclusivePeer {

	private static final LogAccessor logger = new LogAccessor(ExclusivePeer.class);

	/** So many sockets of earlier peers may be open, which whoever sends farewells could make grow. */
	private static final int MAX_LEAVING = 16;

	private final LogBudget logBudget = new LogBudget(1);

	private final UdpSocket socket;

	private final Handler handler;

	private final ServerCounts counts;

	private @Nullable PeerAddress peer;

	/** Its host refused a reply, and it has sent nothing since. */
	private boolean peerIsGone;

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
		if (this.peer != null) {
			boolean isPeer = sender.equals(this.peer);
			this.peerIsGone &= !isPeer;
			return isPeer ? null : TransportDrop.OTHER_PEER;
		}
		try {
			if (this.socket.leaving() >= MAX_LEAVING) {
				throw new IOException("too many sockets of earlier peers are still open");
			}
			batch.connect(index);
			this.peer = sender.copy();
			return null;
		}
		catch (IOException ex) {
			if (this.logBudget.take()) {
				logger.warn("cannot connect to " + sender + ": " + ErrorText.of(ex));
			}
			return TransportDrop.SEND_FAILED;
		}
	}

	/**
	 * To be called when a batch has been handled.
	 */
	void handled(Batch batch) throws IOException {
		if (batch.takeRefusal()) {
			refused();
		}
		else {
			freeIfEnded();
		}
	}

	/**
	 * To be called when a refusal was received: of a reply to the peer, or on a socket of
	 * before to one that is not served any more.
	 */
	void receivedRefusal() throws IOException {
		if (this.socket.hasReadLeaving()) {
			this.counts.refused();
		}
		else {
			refused();
		}
	}

	private void refused() throws IOException {
		this.counts.refused();
		if (this.peer != null) {
			this.handler.refused(this.peer);
			this.peerIsGone = true;
			freeIfEnded();
		}
	}

	/**
	 * Lets the next peer come, if this one is gone or the handler serves it no more.
	 */
	void freeIfEnded() throws IOException {
		if (this.peer != null && (this.peerIsGone || !this.handler.isServed(this.peer))) {
			// In this order: where the socket cannot be replaced now, it is tried again.
			this.socket.disconnect();
			this.peer = null;
			this.peerIsGone = false;
		}
	}

}
