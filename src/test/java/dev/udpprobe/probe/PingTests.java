package dev.udpprobe.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.module.Modules;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.Questions.Question;
import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Pings without HTTP.
 */
class PingTests {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static final Duration LONG = Duration.ofSeconds(20);

	private final ExchangeEngine engine = new ExchangeEngine(64, 2, KernelDetail.find(), DestinationRates.NONE);

	private final Resolver resolver = new Resolver(Set.of(), Duration.ZERO, Duration.ZERO);

	private final List<Pinged> lines = new ArrayList<>();

	@AfterEach
	void close() {
		assertThat(this.engine.inFlight()).isZero();
		this.engine.close();
		this.resolver.close();
	}

	private Ping open(ExchangeEngine by, UdpPeer peer, Ping.Settings settings) throws InterruptedException {
		return open(by, peer, settings, LONG);
	}

	private Ping open(ExchangeEngine by, UdpPeer peer, Ping.Settings settings, Duration timeout)
			throws InterruptedException {
		TargetPolicy policy = new TargetPolicy(List.of(TargetRule.of("127.0.0.0/8")), (_) -> false);
		Pinger pinger = new Pinger(new Questions(new Modules(Map.of(), timeout)),
				new Addressing(new Targets(List.of(), null, policy, this.resolver), timeout, timeout), by,
				new ExchangeListener() {
				}, 64);
		return pinger.open(new Pinger.Request(peer.address(), null, settings, null,
				ExchangeOptions.CONNECTED, new Question(null, null, Map.of())));
	}

	private PingSummary ping(UdpPeer peer, Ping.Settings settings) throws InterruptedException {
		try (Ping ping = open(this.engine, peer, settings)) {
			return ping.run(this.lines::add, PingTests::idle);
		}
	}

	private static Ping.Settings kept(int count, int flows) {
		return new Ping.Settings(count, MILLISECOND, flows, false);
	}

	private static UdpPeer echo() {
		return UdpPeer.on((self, packet, _) -> self.echo(packet));
	}

	@Test
	void datagramsLeaveThoughNobodyReadsWhatComesOfThem() throws Exception {
		CountDownLatch received = new CountDownLatch(50);
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> {
			received.countDown();
			self.echo(packet);
		}); Ping ping = open(this.engine, peer, kept(50, 1))) {
			PingSummary summary = ping.run((pinged) -> {
				assertThat(await(received)).isTrue();
				this.lines.add(pinged);
			}, PingTests::idle);
			assertThat(summary.received()).isEqualTo(50);
			assertThat(this.lines).hasSize(50);
		}
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void oneBadFlowOfManyIsNamed() throws Exception {
		int[] bad = new int[1];
		try (UdpPeer peer = UdpPeer.on((self, packet, number) -> {
			if (number == 3) {
				bad[0] = packet.getPort();
			}
			if (packet.getPort() != bad[0]) {
				self.echo(packet);
			}
		}); Ping ping = open(this.engine, peer, kept(33, 16), Duration.ofSeconds(1))) {
			assertThat(this.engine.inFlight()).isEqualTo(16);
			// It waits for those that are lost.
			PingSummary summary = ping.run(this.lines::add, PingTests::idle);
			assertThat(summary.flows()).hasSize(16).extracting(PingSummary.OfFlow::localPort).doesNotHaveDuplicates();
			assertThat(summary.flows()).filteredOn((flow) -> flow.lost() > 0).singleElement()
					.satisfies((flow) -> assertThat(flow.localPort()).isEqualTo(bad[0]))
					.satisfies((flow) -> assertThat(flow.sent()).isEqualTo(2))
					.satisfies((flow) -> assertThat(flow.roundTrips()).isNull());
			assertThat(summary.flows().getFirst().received()).isEqualTo(3);
			assertThat(summary.lost()).isEqualTo(2);
			assertThat(this.lines).allSatisfy((pinged) -> assertThat(pinged.flow()).isEqualTo(pinged.number() % 16));
		}
	}

	@Test
	void freshPortsAreClosedWhenTheirDatagramIsOver() throws Exception {
		Set<Integer> ports = ConcurrentHashMap.newKeySet();
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> {
			ports.add(packet.getPort());
			self.echo(packet);
		})) {
			// Pings have half of the 64 exchanges in flight: if no port were closed, the 33rd would find no place. A machine that
			// stands still for 0.3 s is no matter.
			PingSummary summary = ping(peer, new Ping.Settings(100, Duration.ofMillis(10), 1, true));
			assertThat(summary.received()).isEqualTo(100);
			assertThat(ports).hasSize(100);
			assertThat(this.lines).extracting((pinged) -> Objects.requireNonNull(pinged.local()).getPort())
					.containsExactlyInAnyOrderElementsOf(ports);
		}
	}

	@Test
	void freshPortsThatThereAreNotAreSaid() throws Exception {
		try (UdpPeer peer = UdpPeer.silent();
				Ping ping = open(this.engine, peer, new Ping.Settings(34, MILLISECOND, 1, true))) {
			CountDownLatch turnedAway = new CountDownLatch(2);
			Thread stopping = Thread.ofVirtual().start(() -> {
				await(turnedAway);
				this.engine.stopFlows();
			});
			PingSummary summary = ping.run((pinged) -> {
				this.lines.add(pinged);
				turnedAway.countDown();
			}, PingTests::idle);
			stopping.join();
			assertThat(summary.sent()).isEqualTo(32);
			assertThat(this.lines).filteredOn((pinged) -> pinged.outcome() instanceof Outcome.NotSent).hasSize(2)
					.allSatisfy((pinged) -> assertThat(pinged.outcome())
							.isEqualTo(new Outcome.NotSent("pings have 32 sockets already")));
		}
	}

	@Test
	void whenTheServiceStopsTheSumsCome() throws Exception {
		try (UdpPeer peer = UdpPeer.silent();
				Ping ping = open(this.engine, peer, new Ping.Settings(10_000, Duration.ofHours(1), 1, false))) {
			Thread stopping = Thread.ofVirtual().start(() -> {
				peer.receive();
				this.engine.stopFlows();
			});
			PingSummary summary = ping.run(this.lines::add, PingTests::idle);
			stopping.join();
			assertThat(summary.sent()).isEqualTo(1);
			assertThat(summary.lost()).isEqualTo(1);
			assertThat(this.lines).singleElement().extracting(Pinged::outcome).isEqualTo(new Outcome.TimedOut());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void nothingMoreLeavesWhenWhoeverReadsHasLeft(boolean fresh) throws Exception {
		try (UdpPeer peer = echo()) {
			Ping ping = open(this.engine, peer, new Ping.Settings(10_000, MILLISECOND, 1, fresh));
			assertThatIllegalStateException().isThrownBy(() -> ping.run((_) -> {
				throw new IllegalStateException("left");
			}, PingTests::idle)).withMessage("left");
			ping.close();
			assertThat(this.engine.inFlight()).isZero();
		}
	}

	@Test
	void withoutTheKernelsDetailTheJvmTakesTheTimeAndARefusalIsHeard() throws Exception {
		try (ExchangeEngine portable = new ExchangeEngine(4, 1, KernelDetail.none("this test does without"),
				DestinationRates.NONE); UdpPeer peer = echo(); UdpPeer refusing = UdpPeer.refusing()) {
			try (Ping ping = open(portable, peer, kept(4, 2))) {
				assertThat(ping.run(this.lines::add, PingTests::idle).received()).isEqualTo(4);
				assertThat(this.lines).extracting((pinged) -> pinged.outcome().roundTrip()).doesNotContainNull()
						.allSatisfy((trip) -> assertThat(trip.clock()).isEqualTo(RoundTrip.Clock.JVM));
			}
			try (Ping ping = open(portable, refusing, kept(20, 1))) {
				PingSummary summary = ping.run(this.lines::add, PingTests::idle);
				assertThat(summary.sent()).isEqualTo(20);
				assertThat(summary.refused()).isEqualTo(20);
			}
		}
	}

	@Test
	void lengthsAndAddressesAreToldBefore() throws Exception {
		try (UdpPeer peer = echo(); Ping ping = open(this.engine, peer, kept(1, 1))) {
			assertThat(ping.length()).isEqualTo(40);
			assertThat(ping.remote()).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port()));
			assertThat(ping.run(this.lines::add, PingTests::idle).received()).isEqualTo(1);
		}
	}

	private static void idle() {}

}
