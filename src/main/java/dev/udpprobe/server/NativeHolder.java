package dev.udpprobe.server;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.LogBudget;
import dev.udpprobe.echo.PeerAddress;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.linux.DatagramBatch;
import dev.udpprobe.net.ErrorText;

/**
 * The peer that holds the echo server in exclusive mode, from its first datagram to the
 * end of its session. The receiving thread's own.
 */
final class NativeHolder {

	private static final LogAccessor logger = new LogAccessor(NativeHolder.class);

	private final LogBudget logBudget = new LogBudget(1);

	private final NativeSocket socket;

	private final Sessions sessions;

	private final EchoCounts counts;

	private @Nullable PeerAddress holder;

	NativeHolder(NativeSocket socket, Sessions sessions, EchoCounts counts) {
		this.socket = socket;
		this.sessions = sessions;
		this.counts = counts;
	}

	/**
	 * Connects to the peer, where there is no holder; drops the datagrams of others, which
	 * were queued before.
	 */
	@Nullable
	DropReason dropReason(DatagramBatch batch, PeerAddress peer, int slot) {
		if (this.holder != null) {
			return peer.equals(this.holder) ? null : DropReason.OTHER_PEER;
		}
		try {
			this.socket.connect(batch, slot);
			this.holder = peer.copy();
			return null;
		}
		catch (IOException ex) {
			if (this.logBudget.take()) {
				logger.warn("cannot connect to " + peer + ": " + ErrorText.of(ex));
			}
			return DropReason.SEND_FAILED;
		}
	}

	/**
	 * To be called when a batch has been handled.
	 */
	void handled(DatagramBatch batch) throws IOException {
		if (batch.replies().takeRefusal()) {
			refused();
		}
		else {
			freeIfEnded();
		}
	}

	/**
	 * To be called when a refusal was received: of a reply to the holder, or on a socket of
	 * before to a peer whose session has ended.
	 */
	void receivedRefusal() throws IOException {
		if (this.socket.isLeaving()) {
			this.counts.refused();
		}
		else {
			refused();
		}
	}

	private void refused() throws IOException {
		this.counts.refused();
		if (this.holder != null) {
			this.sessions.end(this.holder, SessionEnd.REFUSED);
		}
		freeIfEnded();
	}

	/**
	 * Lets the next peer come, if the holder's session has ended.
	 */
	void freeIfEnded() throws IOException {
		if (this.holder != null && !this.sessions.contains(this.holder)) {
			// In this order: where the socket cannot be replaced now, it is tried again.
			this.socket.disconnect();
			this.holder = null;
		}
	}

}
