package dev.udpprobe.monitor;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Dialogue;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.exchange.KeptSocket;
import dev.udpprobe.exchange.NotSentException;

/**
 * The sockets that the rounds of one target leave from: one each, or one that is kept. For any thread, and one round at a time.
 */
final class RoundSockets implements AutoCloseable {

	private final ExchangeEngine engine;

	private volatile @Nullable KeptSocket kept;

	private volatile @Nullable ExchangeOptions options;

	private volatile boolean closed;

	RoundSockets(ExchangeEngine engine) {
		this.engine = engine;
	}

	/**
	 * @param keep whether to leave from the port of the round before, where the socket is connected
	 */
	CompletableFuture<Exchange> exchange(boolean keep, InetSocketAddress remote, ExchangeOptions options,
			Dialogue dialogue) {
		if (!keep || options.socket() != SocketKind.CONNECTED) {
			closeKept();
			return this.engine.exchange(remote, options, dialogue);
		}
		try {
			return kept(remote, options).exchange(dialogue);
		}
		catch (NotSentException ex) {
			return CompletableFuture.completedFuture(Exchange.unsent(remote, ex.outcome()));
		}
	}

	/**
	 * Another one where the target has moved, its module has changed, or the socket is of no use any more.
	 */
	private KeptSocket kept(InetSocketAddress remote, ExchangeOptions options) throws NotSentException {
		KeptSocket known = this.kept;
		if (known != null && known.isOpen() && known.remote().equals(remote) && options.equals(this.options)) {
			return known;
		}
		closeKept();
		KeptSocket fresh = this.engine.keep(remote, options);
		this.options = options;
		this.kept = fresh;
		if (this.closed) {
			closeKept();
		}
		return fresh;
	}

	private void closeKept() {
		KeptSocket known = this.kept;
		if (known != null) {
			this.kept = null;
			known.close();
		}
	}

	/**
	 * Closes what is kept. What is under way there is abandoned.
	 */
	@Override
	public void close() {
		this.closed = true;
		closeKept();
	}

}
