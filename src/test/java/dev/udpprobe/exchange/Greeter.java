package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An engine that says hello, and texts for datagrams.
 */
final class Greeter implements AutoCloseable {

	static final Duration LONG = Duration.ofSeconds(20);

	static final Duration SHORT = Duration.ofMillis(150);

	private final ExchangeEngine engine;

	/**
	 * A dialogue but for how it begins.
	 */
	interface Hearing {

		Dialogue.Step received(ByteBuffer datagram);

		default Dialogue.@Nullable Send silent() {
			return null;
		}

	}

	/** Says hello. */
	private record Greeting(Duration timeout, Hearing hearing) implements Dialogue {

		@Override
		public Send first(InetSocketAddress local) {
			return new Send(bytes("hello"), this.timeout);
		}

		@Override
		public Step received(ByteBuffer datagram) {
			return this.hearing.received(datagram);
		}

		@Override
		public @Nullable Send silent() {
			return this.hearing.silent();
		}

	}

	Greeter(Detail detail) {
		this.engine = new ExchangeEngine(16, 1, detail.get(), DestinationRates.NONE);
	}

	Exchange greet(InetSocketAddress remote, Duration timeout, Hearing hearing) throws Exception {
		return greet(remote, timeout, SocketKind.CONNECTED, hearing);
	}

	Exchange greet(InetSocketAddress remote, Duration timeout, SocketKind kind, Hearing hearing) throws Exception {
		return greet(remote, ExchangeOptions.of(kind), new Greeting(timeout, hearing));
	}

	Exchange greet(InetSocketAddress remote, ExchangeOptions options, Dialogue dialogue) throws Exception {
		return this.engine.exchange(remote, options, dialogue).get(60, TimeUnit.SECONDS);
	}

	/** The kernel needs a moment to begin to take times of arrival. */
	void awaitTimes() {
		try (TestServer echo = TestServer.echo("127.0.0.1")) {
			await().until(() -> Objects
					.requireNonNull(greet(echo.address(), LONG, (_) -> Dialogue.As.ANSWER).outcome().roundTrip())
					.clock() == RoundTrip.Clock.KERNEL);
		}
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
		return answering(() -> {}, answers);
	}

	/**
	 * @param answered is told when all of a datagram's answers have been sent
	 */
	static TestServer answering(Runnable answered, String... answers) {
		return TestServer.on("127.0.0.1", (self, packet) -> {
			for (String answer : answers) {
				self.reply(packet, bytes(answer));
			}
			answered.run();
		});
	}

	static String reply(Outcome outcome) {
		assertThat(outcome).isInstanceOf(Outcome.Replied.class);
		return new String(((Outcome.Replied) outcome).reply(), StandardCharsets.UTF_8);
	}

}
