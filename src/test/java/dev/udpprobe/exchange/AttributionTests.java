package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What comes late, twice or from elsewhere is never taken for the answer of another
 * exchange.
 */
@ParameterizedClass
@EnumSource
class AttributionTests {

	private final KernelDetail detail;

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(100);

	AttributionTests(Detail detail) {
		this.detail = detail.get();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static Outcome exchange(ExchangeEngine engine, InetSocketAddress remote, String message, Duration timeout,
			ExchangeOptions options) throws InterruptedException {
		return engine.exchange(remote, bytes(message), timeout, options).join().outcome();
	}

	@ParameterizedTest
	@EnumSource
	void aLateReplyIsNobodysElse(SocketKind kind) throws InterruptedException, IOException {
		try (ExchangeEngine engine = new ExchangeEngine(4, 1, this.detail, DestinationRates.NONE);
				TestServer server = TestServer.silent()) {
			assertThat(exchange(engine, server.address(), "first", SHORT, ExchangeOptions.of(kind)))
					.isEqualTo(new Outcome.TimedOut());
			DatagramPacket first = server.next();
			Thread second = Thread.startVirtualThread(() -> {
				try {
					DatagramPacket packet = server.next();
					server.reply(first, bytes("late"));
					server.reply(packet, bytes("in time"));
				}
				catch (IOException | InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
			assertThat(exchange(engine, server.address(), "second", LONG, ExchangeOptions.of(kind)))
					.isInstanceOfSatisfying(Outcome.Replied.class,
							(replied) -> assertThat(replied.reply()).isEqualTo(bytes("in time")));
			assertThat(second.join(Duration.ofSeconds(10))).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSecondReplyIsNobodysElse(SocketKind kind) throws InterruptedException {
		try (ExchangeEngine engine = new ExchangeEngine(4, 1, this.detail, DestinationRates.NONE);
				TestServer server = TestServer.on("127.0.0.1", (self, packet) -> {
					self.reply(packet, packet.getData());
					self.reply(packet, packet.getData());
				})) {
			for (int i = 0; i < 200; i++) {
				String message = "message " + i;
				assertThat(exchange(engine, server.address(), message, LONG, ExchangeOptions.of(kind)))
						.isInstanceOfSatisfying(
								Outcome.Replied.class,
								(replied) -> assertThat(replied.reply()).isEqualTo(bytes(message)));
			}
		}
	}

	@Test
	void aLateRefusalIsNobodysElse() throws InterruptedException, IOException {
		try (ExchangeEngine engine = new ExchangeEngine(4, 1, this.detail, DestinationRates.NONE)) {
			InetSocketAddress address = TestServer.closedPort("127.0.0.1");
			for (int i = 0; i < 50; i++) {
				assertThat(exchange(engine, address, "refused", LONG, ExchangeOptions.CONNECTED))
						.isInstanceOf(Outcome.Refused.class);
				try (TestServer server = TestServer.echo("127.0.0.1")) {
					assertThat(exchange(engine, server.address(), "replied", LONG, ExchangeOptions.CONNECTED))
							.isInstanceOf(Outcome.Replied.class);
				}
			}
		}
	}

	@Test
	void noPortIsUsedAgainBeforeItHasRested() {
		await().atMost(1, TimeUnit.MINUTES).until(this::isRefusedAPortThatRests);
	}

	/**
	 * @return false where this machine stood still until a port had rested
	 */
	private boolean isRefusedAPortThatRests() throws InterruptedException, IOException {
		int[] ports = {FreePorts.udp(), FreePorts.udp()};
		try (ExchangeEngine engine = new ExchangeEngine(4, 1, new LocalPorts(ports, new Random(1)), this.detail,
				DestinationRates.NONE);
				TestServer server = TestServer.echo("127.0.0.1")) {
			long beforeNanos = System.nanoTime();
			for (int i = 0; i < ports.length; i++) {
				assertThat(exchange(engine, server.address(), "hello", LONG, ExchangeOptions.CONNECTED))
						.isInstanceOf(Outcome.Replied.class);
			}
			try {
				exchange(engine, server.address(), "hello", LONG, ExchangeOptions.CONNECTED);
				assertThat(System.nanoTime() - beforeNanos).isGreaterThanOrEqualTo(LocalPorts.REST_NANOS);
				return false;
			}
			catch (SaturatedException ex) {
				assertThat(ex).hasMessageContaining("local port");
			}
			await().atMost(10, TimeUnit.SECONDS)
					.ignoreException(SaturatedException.class)
					.until(() -> exchange(engine, server.address(), "hello", LONG,
							ExchangeOptions.CONNECTED) instanceof Outcome.Replied);
			assertThat(System.nanoTime() - beforeNanos).isGreaterThanOrEqualTo(LocalPorts.REST_NANOS);
			return true;
		}
	}

	/** Neither rests it, so that others are told that none is left, nor does it come round at once. */
	@Test
	void aPortThatWasUsedOutOfTurnMissesItsNextTurn() {
		LocalPorts ports = new LocalPorts(new int[]{1, 2, 3}, new Random(1));
		int first = ports.next();
		int second = ports.next();
		int third = ports.next();
		ports.passOver(first);
		assertThat(List.of(ports.next(), ports.next(), ports.next())).containsExactly(second, third, first);
		ports.passOver(1);
		ports.passOver(2);
		ports.passOver(3);
		assertThat(ports.next()).isPositive();
	}

	@Test
	void aPortThatSomebodyElseHasIsPassedOver() throws InterruptedException, IOException {
		try (DatagramSocket taken = new DatagramSocket(); TestServer server = TestServer.echo("127.0.0.1")) {
			int free = FreePorts.udp();
			try (ExchangeEngine engine = new ExchangeEngine(4, 1,
					new LocalPorts(new int[]{taken.getLocalPort(), free}, new Random(1)), this.detail,
					DestinationRates.NONE)) {
				assertThat(
						engine.exchange(server.address(), bytes("hello"), LONG, ExchangeOptions.CONNECTED).join()
								.local())
						.extracting(InetSocketAddress::getPort)
						.isEqualTo(free);
			}
		}
	}

}
