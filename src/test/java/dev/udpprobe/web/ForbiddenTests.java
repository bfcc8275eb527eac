package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.module.Modules;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.Addressing;
import dev.udpprobe.probe.Await;
import dev.udpprobe.probe.ExchangeListener;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.probe.Questions;
import dev.udpprobe.probe.Questions.Question;
import dev.udpprobe.probe.Sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ForbiddenTests extends HttpTests {

	@ParameterizedTest
	@ValueSource(strings = {"192.0.2.1:53", "[2001:db8::1]:53", "[::ffff:192.0.2.1]:53", "0.0.0.0:53", "[::]:53",
			"255.255.255.255:53", "169.254.169.254:53"})
	void aTargetOutsideThePolicyIsForbiddenAndNothingIsSent(String target) throws Exception {
		Map<String, Double> before = this.http.samples("udp_client_");
		for (SendForm form : SendForm.values()) {
			Map<String, Object> problem = form.send(this.http, "a", Map.of("target", target)).problem(403);
			assertThat(problem).containsEntry("type", "urn:udp-probe:forbidden-target")
					.extractingByKey("detail").asString().contains(target, "udp-probe.client.allowed-targets");
		}
		this.http.post("/send/lines?" + SendForm.urlEncoded(Map.of("target", target)), Http.TEXT, "a\n").problem(403);
		assertThat(this.http.samples("udp_client_")).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource(SocketKind.class)
	void aNameThatResolvesOutsideThePolicyIsForbiddenAndNothingIsSent(SocketKind socket) throws Exception {
		List<Outcome> heard = new ArrayList<>();
		try (DatagramChannel peer = DatagramChannel.open(); Sending sending = new Sending(heard, "10.0.0.0/8")) {
			peer.bind(new InetSocketAddress(0)).configureBlocking(false);
			String target = "localhost:" + peer.socket().getLocalPort();
			assertThatExceptionOfType(ForbiddenTargetException.class)
					.isThrownBy(() -> Await.result(sending.sender.send(request(target, socket))))
					.withMessageContaining(target);
			assertThat(peer.receive(ByteBuffer.allocate(1))).isNull();
		}
		assertThat(heard).isEmpty();
	}

	@Test
	void aNameThatResolvesInsideThePolicyIsSentTo() throws Exception {
		List<Outcome> heard = new ArrayList<>();
		try (Sending sending = new Sending(heard, "127.0.0.0/8", "::1/128")) {
			InetAddress resolved = sending.resolver.resolve("localhost").get().getFirst();
			SendResult result = Await
					.result(sending.sender.send(request("localhost:" + this.echoServer.port(), SocketKind.CONNECTED)));
			assertThat(result.outcome()).isInstanceOf(Outcome.Replied.class);
			assertThat(result.exchange().remote()).isEqualTo(new InetSocketAddress(resolved, this.echoServer.port()));
		}
		assertThat(heard).singleElement().isInstanceOf(Outcome.Replied.class);
	}

	private static Sender.Request request(String target, SocketKind socket) {
		return new Sender.Request(new Question(new byte[]{'a'}, null, Map.of()), target, null,
				ExchangeOptions.of(socket));
	}

	/**
	 * A sender with a policy of its own.
	 */
	private static final class Sending implements AutoCloseable {

		private final ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);

		private final Resolver resolver = new Resolver(Set.of(), Duration.ZERO, Duration.ZERO);

		private final Sender sender;

		private Sending(List<Outcome> heard, String... rules) {
			TargetPolicy policy = new TargetPolicy(Stream.of(rules).map(TargetRule::of).toList(), (_) -> false);
			ExchangeListener listener = new ExchangeListener() {
				@Override
				public void exchanged(SendResult result) {
					heard.add(result.outcome());
				}
			};
			Duration timeout = Duration.ofSeconds(5);
			this.sender = new Sender(new Questions(new Modules(Map.of(), timeout)),
					new Addressing(new Targets(List.of(), null, policy, this.resolver), timeout, timeout),
					this.engine, listener);
		}

		@Override
		public void close() {
			this.engine.close();
			this.resolver.close();
		}

	}

}
