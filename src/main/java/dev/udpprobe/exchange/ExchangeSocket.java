package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.QueuedError;

/**
 * A socket for exchanges, one at a time. What comes while there is none is nobody's.
 */
abstract class ExchangeSocket extends Endpoint {

	private @Nullable Conversation current;

	ExchangeSocket(ExchangeLoop loop, ExchangeChannels channels, DatagramChannel channel, InetSocketAddress remote,
			ExchangeOptions options) throws IOException {
		super(loop, channels, channel, remote, options);
	}

	final @Nullable Conversation current() {
		return this.current;
	}

	final void current(@Nullable Conversation conversation) {
		this.current = conversation;
	}

	/**
	 * The exchange is over, and nobody has been told yet.
	 * @param sent how many datagrams left
	 */
	abstract void leave(int sent);

	/**
	 * Tells what came of an exchange that has been left.
	 */
	void tellEnd(CompletableFuture<Exchange> promise, Exchange exchange) {
		tell(() -> promise.complete(exchange));
	}

	/**
	 * Throws away what came before an exchange, as far as times do not tell.
	 */
	void forgetEarlier() throws IOException {
		loop().reader().forgetEarlier(this);
	}

	/**
	 * @return whether the datagram that failed was sent to the target
	 */
	boolean isOfTarget(QueuedError error) {
		return true;
	}

	@Override
	final void received(byte[] payload, InetSocketAddress from, long arrivedNanos, long nowNanos) {
		if (this.current != null) {
			this.current.received(payload, from, arrivedNanos, nowNanos);
		}
	}

	@Override
	final void reported(QueuedError error, ByteBuffer quoted) {
		if (this.current != null) {
			this.current.reported(error, quoted);
		}
	}

	@Override
	@Nullable
	final SentDatagram sent(int index) {
		return (this.current != null) ? this.current.sent(index) : null;
	}

	@Override
	boolean isIgnoring(IOException pending) {
		return this.current == null || this.current.isIgnoring();
	}

	@Override
	@Nullable
	final Object awaiting() {
		return this.current;
	}

	@Override
	final void due(SentDatagram datagram) {
		if (this.current != null) {
			this.current.due(datagram);
		}
	}

	@Override
	final void broke(IOException error) {
		if (this.current != null) {
			this.current.broke(error);
		}
	}

	@Override
	final void fail(Throwable failure) {
		Conversation failed = this.current;
		try {
			release();
		}
		finally {
			if (failed != null) {
				failed.fail(failure);
			}
		}
	}

}
