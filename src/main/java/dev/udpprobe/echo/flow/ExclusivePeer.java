package dev.udpprobe.echo.flow;

import java.io.IOException;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.SessionEnd;
import dev.udpprobe.echo.Sessions;

/**
 * The peer that holds the echo server in exclusive mode, from its first datagram to the
 * end of its session. The receiving thread's own.
 *
 * <p>
 * The socket is connected only when its queue has been read, because the JDK throws away
 * what is queued when it connects, and the holder's own next datagrams may be there.
 */
final class ExclusivePeer {

	/** A flood by others must not keep the queue from ever being empty. */
	private static final int READ_BEFORE_CONNECT = 4_096;

	private final EchoSocket socket;

	private final Sessions sessions;

	private final EchoCounts counts;

	private @Nullable InetSocketAddress holder;

	private int readSinceHeld;

	ExclusivePeer(EchoSocket socket, Sessions sessions, EchoCounts counts) {
		this.socket = socket;
		this.sessions = sessions;
		this.counts = counts;
	}

	/**
	 * Whether a datagram from this address is served.
	 */
	boolean admits(InetSocketAddress peer) throws IOException {
		if (this.holder == null || this.holder.equals(peer)) {
			return true;
		}
		if (++this.readSinceHeld >= READ_BEFORE_CONNECT) {
			queueRead();
		}
		return false;
	}

	/**
	 * To be called when a datagram of an admitted peer has been handled.
	 */
	void handled(InetSocketAddress peer) throws IOException {
		if (this.socket.takeRefusal()) {
			refused();
		}
		else if (this.holder == null && this.sessions.contains(peer)) {
			this.holder = peer;
			this.readSinceHeld = 0;
		}
		else {
			releaseIfEnded();
		}
	}

	/**
	 * To be called when nothing more is queued.
	 */
	void queueRead() throws IOException {
		InetSocketAddress peer = this.holder;
		if (peer != null && !this.socket.isConnected()) {
			this.socket.connect(peer);
		}
	}

	/**
	 * To be called when the peer's host refused a reply.
	 */
	void refused() throws IOException {
		this.counts.refused();
		if (this.holder != null) {
			this.sessions.end(this.holder, SessionEnd.REFUSED);
		}
		releaseIfEnded();
	}

	/**
	 * Lets the next peer come, if the holder's session has ended.
	 */
	void releaseIfEnded() throws IOException {
		if (this.holder != null && !this.sessions.contains(this.holder)) {
			this.holder = null;
			this.socket.disconnect();
		}
	}

}
