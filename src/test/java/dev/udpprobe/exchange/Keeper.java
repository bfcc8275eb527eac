package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static dev.udpprobe.exchange.Greeter.LONG;
import static dev.udpprobe.exchange.Greeter.bytes;

/**
 * A kept socket that says texts, and takes whatever comes for the answer.
 */
final class Keeper implements AutoCloseable {

	private final KeptSocket socket;

	Keeper(ExchangeEngine engine, InetSocketAddress remote) throws NotSentException {
		this.socket = engine.keep(remote, ExchangeOptions.CONNECTED);
	}

	KeptSocket socket() {
		return this.socket;
	}

	CompletableFuture<Exchange> begin(String text) {
		return begin(text, LONG);
	}

	CompletableFuture<Exchange> begin(String text, Duration timeout) {
		return this.socket.exchange(new Dialogue.Once(bytes(text), timeout));
	}

	Exchange say(String text) throws Exception {
		return over(begin(text));
	}

	Exchange say(String text, Duration timeout) throws Exception {
		return over(begin(text, timeout));
	}

	/**
	 * Does something on the loop's thread, which hears of nothing meanwhile.
	 */
	void onLoop(Runnable task) throws Exception {
		CompletableFuture.runAsync(task, this.socket.loop()::execute).get(60, TimeUnit.SECONDS);
	}

	/**
	 * Waits until the loop has had a look at its sockets.
	 */
	void awaitTurn() throws Exception {
		CompletableFuture<Void> turn = new CompletableFuture<>();
		this.socket.loop().executeWhenClosed(() -> turn.complete(null));
		turn.get(60, TimeUnit.SECONDS);
	}

	static Exchange over(CompletableFuture<Exchange> begun) throws Exception {
		return begun.get(60, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
