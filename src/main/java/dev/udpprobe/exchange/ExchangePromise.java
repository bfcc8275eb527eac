package dev.udpprobe.exchange;

import java.util.concurrent.CompletableFuture;

/**
 * What the caller has of an exchange. To cancel it abandons the exchange.
 */
final class ExchangePromise extends CompletableFuture<Exchange> {

	private final Conversation conversation;

	ExchangePromise(Conversation conversation) {
		this.conversation = conversation;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			this.conversation.cancelled();
		}
		return cancelled;
	}

}
