package dev.udpprobe.exchange;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.Outcome;

import static dev.udpprobe.exchange.Numbered.LONG;
import static dev.udpprobe.exchange.Numbered.SHORT;
import static dev.udpprobe.exchange.Numbered.bytes;
import static dev.udpprobe.exchange.Numbered.over;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Datagrams may be sent from any thread, the loop's own included, as long as there is room.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class FlowSendTests {

	private final Numbered numbered = new Numbered();

	@Test
	void moreThanTheWindowAreNotSent() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent();
				Flow flow = engine.open(server.address(), ExchangeOptions.CONNECTED, this.numbered.settings(2))) {
			CompletableFuture<FlowDatagram> first = Numbered.send(flow, "1");
			CompletableFuture<FlowDatagram> second = Numbered.send(flow, "2");
			FlowDatagram tooMany = over(Numbered.send(flow, "3"));
			assertThat(tooMany.outcome())
					.isEqualTo(new Outcome.NotSent("2 datagrams from that port wait for their answers"));
			assertThat(tooMany.isSent()).isFalse();
			assertThat(this.numbered.ended()).containsExactly(tooMany);
			DatagramPacket packet = server.next();
			server.reply(packet, bytes("1"));
			assertThat(over(first).outcome()).isInstanceOf(Outcome.Replied.class);
			FlowDatagram fourth = over(Numbered.send(flow, "4", SHORT));
			assertThat(fourth.outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(second).isNotDone();
			assertThat(server.next().getData()).isEqualTo(bytes("2"));
			assertThat(server.next().getData()).isEqualTo(bytes("4"));
		}
	}

	@Test
	void aKeyThatWaitsIsRefused() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent();
				Flow flow = this.numbered.open(engine, server.address())) {
			CompletableFuture<FlowDatagram> first = Numbered.send(flow, "7");
			assertRefused(Numbered.send(flow, "7 again"));
			assertRefused(flow.send(Correlation.OLDEST, bytes("negative"), LONG));
			server.reply(server.next(), bytes("7"));
			assertThat(over(first).outcome()).isInstanceOf(Outcome.Replied.class);
			assertThat(over(Numbered.send(flow, "7 later", SHORT)).outcome()).isEqualTo(new Outcome.TimedOut());
			assertThat(server.next().getData()).isEqualTo(bytes("7 later"));
			assertThat(this.numbered.ended()).hasSize(2);
		}
	}

	private static void assertRefused(CompletableFuture<FlowDatagram> sent) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> over(sent))
				.withCauseInstanceOf(IllegalArgumentException.class);
	}

	/**
	 * Sends each datagram when the one before is over, on the loop's thread.
	 */
	private static final class Chain {

		private final Flow flow;

		private final byte[] payload;

		private final List<Outcome> outcomes = new ArrayList<>();

		private final CompletableFuture<List<Outcome>> all = new CompletableFuture<>();

		private final int length;

		private boolean telling;

		Chain(Flow flow, byte[] payload, int length) {
			this.flow = flow;
			this.payload = payload;
			this.length = length;
		}

		List<Outcome> run() throws Exception {
			this.flow.loop().execute(this::sendNext);
			return this.all.get(60, TimeUnit.SECONDS);
		}

		private void sendNext() {
			var _ = this.flow.send(this.outcomes.size(), this.payload, LONG).thenAccept(this::ended);
		}

		private void ended(FlowDatagram datagram) {
			if (this.telling || !this.flow.loop().isCurrent()) {
				this.all.completeExceptionally(new AssertionError("told within a send, or by another thread"));
			}
			this.telling = true;
			this.outcomes.add(datagram.outcome());
			if (this.outcomes.size() < this.length) {
				sendNext();
			}
			else {
				this.all.complete(this.outcomes);
			}
			this.telling = false;
		}

	}

	@Test
	void theLoopMaySendTheNextWhenOneIsAnswered() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.echo("127.0.0.1");
				Flow flow = engine.open(server.address(), ExchangeOptions.CONNECTED,
						new FlowSettings(1, Correlation.NONE, this.numbered))) {
			assertThat(new Chain(flow, bytes("next"), 1_000).run()).hasSize(1_000)
					.hasOnlyElementsOfType(Outcome.Replied.class);
		}
	}

	@Test
	void theLoopMaySendTheNextWhenOneIsTooBig() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.echo("127.0.0.1");
				Flow flow = this.numbered.open(engine, server.address())) {
			assertThat(new Chain(flow, new byte[PayloadLimits.MAX_IPV6 + 1], 10_000).run()).hasSize(10_000)
					.hasOnlyElementsOfType(Outcome.TooBig.class);
			assertThat(over(Numbered.send(flow, "1")).outcome()).isInstanceOf(Outcome.Replied.class);
		}
	}

	@Test
	void theLoopMaySendTheNextWhenOneFindsTheWindowFull() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.silent();
				Flow flow = engine.open(server.address(), ExchangeOptions.CONNECTED, this.numbered.settings(1))) {
			CompletableFuture<FlowDatagram> waiting = Numbered.send(flow, "99999");
			assertThat(new Chain(flow, bytes("next"), 10_000).run()).hasSize(10_000)
					.hasOnlyElementsOfType(Outcome.NotSent.class);
			assertThat(waiting).isNotDone();
		}
	}

	@Test
	void theLoopMaySendTheNextWhenOneIsRefused() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				Flow flow = engine.open(TestServer.closedPort("127.0.0.1"), ExchangeOptions.CONNECTED,
						new FlowSettings(1, Correlation.NONE, this.numbered))) {
			assertThat(new Chain(flow, bytes("next"), 1_000).run()).hasSize(1_000)
					.hasOnlyElementsOfType(Outcome.Refused.class);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 3})
	void flowsOnSeveralLoopsHaveTheirOwnAnswers(int loops) throws Exception {
		Set<String> threads = new ConcurrentSkipListSet<>();
		try (ExchangeEngine engine = new ExchangeEngine(6, loops, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.echo("127.0.0.1")) {
			List<Flow> flows = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				flows.add(openNoting(engine, server.address(), threads));
			}
			List<CompletableFuture<FlowDatagram>> sent = new ArrayList<>();
			for (int i = 0; i < 120; i++) {
				sent.add(Numbered.send(flows.get(i % 6), i + " of flow " + i % 6));
			}
			for (int i = 0; i < 120; i++) {
				assertThat(over(sent.get(i)).outcome()).isInstanceOfSatisfying(Outcome.Replied.class,
						replied(i + " of flow " + i % 6));
			}
			flows.forEach(Flow::close);
			assertThat(engine.inFlight()).isZero();
		}
		assertThat(this.numbered.strays()).isEmpty();
		assertThat(threads).hasSize(loops).allMatch((name) -> name.startsWith("udp-exchange-"));
	}

	private static Consumer<Outcome.Replied> replied(String payload) {
		return (outcome) -> assertThat(outcome.reply()).isEqualTo(bytes(payload));
	}

	private Flow openNoting(ExchangeEngine engine, InetSocketAddress remote, Set<String> threads)
			throws NotSentException {
		return engine.open(remote, ExchangeOptions.CONNECTED,
				new FlowSettings(64, this.numbered, (_) -> threads.add(Thread.currentThread().getName())));
	}

	@Test
	void whatTheLoopOpensStaysOnIt() throws Exception {
		try (ExchangeEngine engine = new ExchangeEngine(8, 3, KernelDetail.find(), DestinationRates.NONE);
				TestServer server = TestServer.echo("127.0.0.1");
				Flow flow = this.numbered.open(engine, server.address())) {
			Set<ExchangeLoop> loops = Set.of(flow.loop());
			CompletableFuture<Set<ExchangeLoop>> opened = new CompletableFuture<>();
			flow.loop().execute(() -> opened.complete(openThree(engine, server.address())));
			assertThat(opened.get(10, TimeUnit.SECONDS)).isEqualTo(loops);
			assertThat(engine.inFlight()).isOne();
		}
	}

	private Set<ExchangeLoop> openThree(ExchangeEngine engine, InetSocketAddress remote) {
		Set<ExchangeLoop> loops = new HashSet<>();
		for (int i = 0; i < 3; i++) {
			try (Flow flow = this.numbered.open(engine, remote)) {
				loops.add(flow.loop());
			}
			catch (NotSentException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return loops;
	}

}
