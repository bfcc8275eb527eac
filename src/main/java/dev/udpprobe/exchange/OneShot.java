package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.QueuedError;

/**
 * A socket for one exchange, which closes it.
 */
final class OneShot extends ExchangeSocket {

	private final Conversation conversation;

	private final boolean again;

	/**
	 * @param again whether the port is to be free for the next exchange when this one is told to be over
	 */
	OneShot(ExchangeLoop loop, ExchangeChannels channels, DatagramChannel channel, InetSocketAddress remote,
			ExchangeOptions options, Dialogue dialogue, boolean again) throws IOException {
		super(loop, channels, channel, remote, options);
		this.conversation = new Conversation(this, dialogue);
		this.again = again;
		current(this.conversation);
	}

	/**
	 * @return completed by the loop's thread
	 */
	CompletableFuture<Exchange> promise() {
		return this.conversation.promise();
	}

	/**
	 * Sends the first datagram. To be called once.
	 */
	void begin() {
		attempt(() -> {
			loop().check();
			this.conversation.begin();
			if (isOpen()) {
				listen();
			}
		});
	}

	/** One that is not connected has the errors of everybody. */
	@Override
	boolean isIgnoring(IOException pending) {
		return super.isIgnoring(pending)
				|| (options().socket() != SocketKind.CONNECTED && Failures.isOfIcmp(pending, isIpv6()));
	}

	/** The kernel sees to that only where the socket is connected. */
	@Override
	boolean isOfTarget(QueuedError error) {
		return options().socket() == SocketKind.CONNECTED || remote().equals(error.destination());
	}

	@Override
	void leave(int sent) {
		release();
	}

	@Override
	void tellEnd(CompletableFuture<Exchange> promise, Exchange exchange) {
		if (this.again) {
			loop().executeWhenClosed(() -> super.tellEnd(promise, exchange));
		}
		else {
			super.tellEnd(promise, exchange);
		}
	}

}
