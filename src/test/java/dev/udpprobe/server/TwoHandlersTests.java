package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.FixedSubscriberChannel;
import org.springframework.integration.config.EnableIntegration;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.linux.SocketOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Another service than the echo, beside it: the engine knows neither.
 */
@EachTransport
class TwoHandlersTests {

	private static final int HOPS = 42;

	private final Transport transport;

	TwoHandlersTests(Transport transport) {
		this.transport = transport;
	}

	private enum Refusal implements DropReason {

		TOO_SHORT

	}

	/**
	 * Tells what it knows of a datagram, in place of its payload: hops, time and address.
	 */
	private static final class Teller implements Handler {

		static final int LENGTH = 1 + Long.BYTES + 16;

		@Override
		public boolean needsTimesAndHops() {
			return true;
		}

		@Override
		public void handle(Batch batch) {
			for (int i = 0; i < batch.count(); i++) {
				Slot slot = batch.get(i);
				if (slot.length() == 0) {
					slot.end();
				}
				else if (slot.length() < LENGTH) {
					slot.drop(Refusal.TOO_SHORT);
				}
				else {
					InetAddress asked = batch.destination(i);
					byte[] address = (asked != null) ? asked.getAddress() : new byte[0];
					slot.buffer().put((byte) batch.hops(i)).putLong(batch.timeNanos(i)).put(address);
					slot.replyInPlace(1 + Long.BYTES + address.length);
				}
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Flow {

		@Bean
		InboundAdapter inbound(UdpServer server) {
			InboundAdapter adapter = new InboundAdapter(server);
			adapter.setOutputChannelName("datagrams");
			return adapter;
		}

		@Bean
		FixedSubscriberChannel datagrams(HandlerActivator activator) {
			return new FixedSubscriberChannel(activator);
		}

		@Bean
		HandlerActivator activator(Handler handler, FixedSubscriberChannel replies) {
			return new HandlerActivator(handler, replies);
		}

		@Bean
		FixedSubscriberChannel replies(OutboundAdapter outbound) {
			return new FixedSubscriberChannel(outbound);
		}

		@Bean
		OutboundAdapter outbound() {
			return new OutboundAdapter();
		}

	}

	private AnnotationConfigApplicationContext teller(ServerCounts counts) {
		Handler handler = new Teller();
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(Handler.class, () -> handler);
		context.registerBean(UdpServer.class, () -> new UdpServer(new ServerSettings("teller", "for a test",
				List.of(new InetSocketAddress(0)), false, 0, this.transport, 1), handler, counts));
		context.register(Flow.class);
		context.refresh();
		return context;
	}

	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.2", "::1"})
	void tellsWhatIsKnownOfADatagram(String address) throws IOException {
		InetAddress asked = InetAddress.ofLiteral(address);
		boolean ipv6 = asked.getAddress().length > 4;
		try (AnnotationConfigApplicationContext context = teller(new ServerCounts(Refusal.values()));
				DatagramChannel client = DatagramChannel
						.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
			UdpServer server = context.getBean(UdpServer.class);
			boolean known = server.isNative();
			// Not connected, as the portable one answers from an address of its choice.
			InetSocketAddress to = new InetSocketAddress(asked, server.port());
			if (known) {
				SocketOptions.hopLimit(client, ipv6, HOPS);
			}
			client.socket().setSoTimeout(10_000);
			long before = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - 1;
			for (int i = 0; i < 3; i++) {
				client.send(ByteBuffer.allocate(Teller.LENGTH), to);
			}
			for (int i = 0; i < 3; i++) {
				ByteBuffer reply = ByteBuffer.allocate(100);
				client.receive(reply);
				reply.flip();
				long after = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + 1;
				assertThat(reply.get()).isEqualTo((byte) (known ? HOPS : -1));
				long micros = reply.getLong() / 1_000;
				assertThat(micros).isBetween(known ? before : 0, known ? after : 0);
				assertThat(reply).isEqualTo(ByteBuffer.wrap(known ? asked.getAddress() : new byte[0]));
			}
		}
	}

	@Test
	void aReasonThatNobodyDeclaredCountsAsFailed() {
		ServerCounts counts = new ServerCounts();
		Slot slot = new Slot(ByteBuffer.allocate(1), 0);
		Batch batch = new BatchOf(slot).received();
		slot.received(1, false);
		slot.drop(Refusal.TOO_SHORT);
		counts.add(batch);
		assertThat(counts.received()).isOne();
		assertThat(counts.droppedFor(TransportDrop.FAILED)).isOne();
		assertThat(counts.dropped()).isOne();
	}

	@Test
	void eachServesItsPortAndCountsItsOwn() throws IOException {
		ServerCounts counts = new ServerCounts(Refusal.values());
		try (EchoFixture echo = EchoFixture.of(this.transport);
				AnnotationConfigApplicationContext context = teller(counts);
				Client ofEcho = echo.client();
				Client ofTeller = new Client(EchoFixture.loopback(0).getAddress(),
						context.getBean(UdpServer.class).port(), 0)) {
			byte[] question = new byte[Teller.LENGTH];
			for (int i = 0; i < 10; i++) {
				assertThat(ofEcho.ask("hello")).isEqualTo("Hi, hello");
				ofTeller.send(question);
				assertThat(ofTeller.receive()).hasSizeLessThan(question.length);
			}
			ofTeller.send("short");
			ofTeller.send("");
			await().until(() -> counts.received() == 12);
			assertThat(counts.replied()).isEqualTo(10);
			assertThat(counts.ended()).isOne();
			assertThat(counts.droppedFor(Refusal.TOO_SHORT)).isOne();
			await().until(() -> echo.isBalanced() && echo.counts().received() == 10);
			assertThat(echo.sessions().size()).isOne();
			context.getBean(InboundAdapter.class).stop();
			assertThat(Objects
					.requireNonNull(new ServerHealthIndicator(context.getBean(UdpServer.class)).health())
					.getStatus()).isEqualTo(Status.DOWN);
			assertThat(ofEcho.ask("still there")).isEqualTo("Hi, still there");
		}
	}

}
