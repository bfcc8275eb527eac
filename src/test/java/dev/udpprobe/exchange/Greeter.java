package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine that says hello, and texts for datagrams.
 */
final class Greeter implements AutoCloseable {

	static final Duration LONG = Duration.ofSeconds(20);

	static final Duration SHORT = Duration.ofMillis(150);

	private final ExchangeEngine engine;

	Greeter(Detail detail) {
		this.engine = new ExchangeEngine(16, 1, detail.get(), DestinationRates.NONE);
	}

	Exchange greet(InetSocketAddress remote, Duration timeout, Dialogue dialogue) throws Exception {
		return greet(remote, timeout, SocketKind.CONNECTED, dialogue);
	}

	Exchange greet(InetSocketAddress remote, Duration timeout, SocketKind kind, Dialogue dialogue) throws Exception {
		return this.engine.exchange(remote, bytes("hello"), timeout, ExchangeOptions.of(kind), dialogue)
				.get(60, TimeUnit.SECONDS);
	}

	int inFlight() {
		return this.engine.inFlight();
	}

	@Override
	public void close() {
		this.engine.close();
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(ByteBuffer datagram) {
		return StandardCharsets.UTF_8.decode(datagram).toString();
	}

	/**
	 * @return one that says all of this to each datagram
	 */
	static TestServer answering(String... answers) {
		return TestServer.on("127.0.0.1", (self, packet) -> {
			for (String answer : answers) {
				self.reply(packet, bytes(answer));
			}
		});
	}

	static String reply(Outcome outcome) {
		assertThat(outcome).isInstanceOf(Outcome.Replied.class);
		return new String(((Outcome.Replied) outcome).reply(), StandardCharsets.UTF_8);
	}

}
