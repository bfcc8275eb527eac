package dev.udpprobe.echo.flow;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.echo.Datagram;
import dev.udpprobe.echo.Datagrams;
import dev.udpprobe.echo.DropReason;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.LogBudget;
import dev.udpprobe.echo.PeerAddress;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.linux.DatagramBatch;

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
	 * Connects to the first one's sender, where there is no holder, and refuses the others'
	 * datagrams, which were queued before.
	 */
	void hold(DatagramBatch batch, Datagrams datagrams) {
		for (int i = 0; i < datagrams.count(); i++) {
			Datagram datagram = datagrams.get(i);
			if (this.holder == null && !datagram.isSentToMany()) {
				hold(batch, i, datagram);
			}
			else if (!datagram.peer().equals(this.holder)) {
				datagram.refuse(DropReason.OTHER_PEER);
			}
		}
	}

	private void hold(DatagramBatch batch, int place, Datagram datagram) {
		try {
			this.socket.connect(batch, place);
			this.holder = datagram.peer().copy();
		}
		catch (IOException ex) {
			datagram.refuse(DropReason.SEND_FAILED);
			if (this.logBudget.take()) {
				logger.warn("cannot connect to " + datagram.peer() + ": " + ex.getMessage());
			}
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
	 * To be called when the holder's host refused a reply.
	 */
	void refused() throws IOException {
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
