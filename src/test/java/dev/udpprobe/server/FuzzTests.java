package dev.udpprobe.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Datagrams of any length and with anything in them, by the million: each is echoed byte
 * for byte to whoever sent it, and nothing goes anywhere else.
 */
@EachTransport
class FuzzTests {

	private static final int SENDERS = 4;

	private static final int DATAGRAMS = 1_000_000;

	/** The portable transport takes them one by one. */
	private static final int FEWER_DATAGRAMS = 200_000;

	private static final String GREETING = "Hi, ";

	private static final Duration IDLE = Duration.ofMinutes(1);

	private final Transport transport;

	FuzzTests(Transport transport) {
		this.transport = transport;
	}

	@Test
	void echoesWhateverComesToItsSenderAlone() throws Exception {
		try (EchoFixture echo = new EchoFixture(settings());
				DatagramSocket victim = new DatagramSocket(EchoFixture.loopback(0));
				ExecutorService executor = Executors.newFixedThreadPool(SENDERS)) {
			int each = (echo.server().isNative() ? DATAGRAMS : FEWER_DATAGRAMS) / SENDERS;
			List<Future<FuzzSender>> senders = new ArrayList<>();
			for (int i = 0; i < SENDERS; i++) {
				FuzzPayloads payloads = new FuzzPayloads(i, victim.getLocalPort(), GREETING);
				senders.add(executor.submit(() -> {
					try (FuzzSender sender = new FuzzSender(EchoFixture.loopback(echo.port()), payloads, GREETING)) {
						sender.send(each);
						return sender;
					}
				}));
			}
			long replies = 0;
			long farewells = 0;
			long oversized = 0;
			for (Future<FuzzSender> sender : senders) {
				replies += get(sender).replies();
				farewells += get(sender).farewells();
				oversized += get(sender).oversized();
			}
			echo.awaitCounted((long) SENDERS * each);
			assertThat(echo.counts().replied()).isEqualTo(replies);
			assertThat(echo.counts().ended()).isPositive().isEqualTo(farewells);
			assertThat(echo.counts().dropped()).isPositive().isEqualTo(oversized);
			assertThat(echo.sessions().size()).isLessThanOrEqualTo(SENDERS);
			assertThat(EchoFixture.hasNothing(victim)).isTrue();
			isAllThatCame(echo.port(), victim);
		}
	}

	private EchoSettings settings() {
		return new EchoSettings(List.of(EchoFixture.loopback(0)), EchoFixture.bytes(GREETING),
				EchoFixture.bytes(FuzzPayloads.FAREWELL), EchoMode.SHARED, IDLE, 100, 1 << 22, this.transport, 1,
				List.of());
	}

	/** The victim can hear, and hears nothing before this. */
	private static void isAllThatCame(int port, DatagramSocket victim) throws IOException {
		byte[] payload = EchoFixture.bytes("it is me");
		victim.setSoTimeout(10_000);
		victim.send(new DatagramPacket(payload, payload.length, EchoFixture.loopback(port)));
		DatagramPacket reply = new DatagramPacket(new byte[100], 100);
		victim.receive(reply);
		assertThat(reply.getSocketAddress()).isEqualTo(new InetSocketAddress(victim.getLocalAddress(), port));
		assertThat(reply.getLength()).isEqualTo(GREETING.length() + payload.length);
	}

	private static FuzzSender get(Future<FuzzSender> sender) throws InterruptedException {
		try {
			return sender.get();
		}
		catch (ExecutionException ex) {
			throw new AssertionError(ex.getCause());
		}
	}

}
