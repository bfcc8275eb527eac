package dev.udpprobe.exchange;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.FreePorts;

import static dev.udpprobe.exchange.Greeter.LONG;
import static dev.udpprobe.exchange.Greeter.SHORT;
import static dev.udpprobe.exchange.Greeter.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeptPortsTests {

	private static final int MAX = 8;

	private final ExchangeEngine engine = new ExchangeEngine(64, 1, Detail.KERNEL.get(), DestinationRates.NONE);

	private final KeptPorts kept = new KeptPorts(MAX);

	@AfterEach
	void close() {
		this.engine.close();
	}

	private CompletableFuture<Exchange> begin(Object caller, InetSocketAddress remote, ExchangeOptions options) {
		return this.kept.exchange(this.engine, caller, remote, options, new Dialogue.Once(bytes("hello"), LONG));
	}

	private int port(Object caller, InetSocketAddress remote, ExchangeOptions options) throws Exception {
		return port(begin(caller, remote, options));
	}

	private static int port(CompletableFuture<Exchange> begun) throws Exception {
		Exchange exchange = begun.get(60, TimeUnit.SECONDS);
		assertThat(exchange.outcome()).isInstanceOf(Outcome.Replied.class);
		return Objects.requireNonNull(exchange.local()).getPort();
	}

	@Test
	void eachCallerKeepsAPortForEachTarget() throws Exception {
		try (TestServer one = TestServer.echo("127.0.0.1"); TestServer other = TestServer.echo("127.0.0.1")) {
			List<Integer> ports = List.of(port("a", one.address(), ExchangeOptions.CONNECTED),
					port("b", one.address(), ExchangeOptions.CONNECTED),
					port("a", other.address(), ExchangeOptions.CONNECTED));
			assertThat(ports).doesNotHaveDuplicates();
			for (int i = 0; i < 3; i++) {
				assertThat(List.of(port("a", one.address(), ExchangeOptions.CONNECTED),
						port("b", one.address(), ExchangeOptions.CONNECTED),
						port("a", other.address(), ExchangeOptions.CONNECTED))).isEqualTo(ports);
			}
		}
	}

	/** Whoever is told that one exchange is over may begin the next one at once. */
	@Test
	void thePortIsKeptWhenTheExchangeIsOver() throws Exception {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			CompletableFuture<Exchange> first = begin("a", server.address(), ExchangeOptions.CONNECTED);
			CompletableFuture<Exchange> next = first
					.thenCompose((_) -> begin("a", server.address(), ExchangeOptions.CONNECTED));
			assertThat(port(next)).isEqualTo(port(first));
		}
	}

	@Test
	void aPortThatTheCallerNamesIsFreeWhenTheExchangeIsOver() throws Exception {
		ExchangeOptions named = ExchangeOptions.CONNECTED.leavingFrom(FreePorts.udp());
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			CompletableFuture<Exchange> next = begin("a", server.address(), named)
					.thenCompose((_) -> begin("a", server.address(), named));
			assertThat(port(next)).isEqualTo(named.sourcePort());
		}
	}

	/** Each socket hears its own peer alone. */
	@Test
	void aPortThatTheCallerNamesMayHaveSeveralPeers() throws Exception {
		ExchangeOptions named = ExchangeOptions.CONNECTED.leavingFrom(FreePorts.udp());
		try (TestServer server = TestServer.echo("127.0.0.1");
				DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			InetSocketAddress waiting = new InetSocketAddress(silent.getLocalAddress(), silent.getLocalPort());
			CompletableFuture<Exchange> first = begin("a", waiting, named);
			assertThat(port(begin("a", server.address(), named))).isEqualTo(named.sourcePort());
			assertThatExceptionOfType(LocalPortBusyException.class)
					.isThrownBy(() -> this.engine.exchange(waiting, new byte[1], SHORT, named));
			DatagramPacket asked = new DatagramPacket(new byte[9], 9);
			silent.receive(asked);
			silent.send(asked);
			assertThat(port(first)).isEqualTo(named.sourcePort());
		}
	}

	@Test
	void aPortThatSomebodyElseHasGivesWayToAFreshOne() throws Exception {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			int port = port("a", server.address(), ExchangeOptions.CONNECTED);
			int fresh;
			try (DatagramSocket _ = new DatagramSocket(port)) {
				fresh = port("a", server.address(), ExchangeOptions.CONNECTED);
				assertThat(fresh).isNotEqualTo(port);
			}
			assertThat(port("a", server.address(), ExchangeOptions.CONNECTED)).isEqualTo(fresh);
		}
	}

	@Test
	void exchangesAtOnceDoNotFailForEachOther() throws Exception {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			List<CompletableFuture<Exchange>> begun = new ArrayList<>();
			IntStream.range(0, 32)
					.parallel()
					.mapToObj((_) -> begin("a", server.address(), ExchangeOptions.CONNECTED))
					.forEachOrdered(begun::add);
			for (CompletableFuture<Exchange> one : begun) {
				assertThat(port(one)).isPositive();
			}
			assertThat(this.kept.size()).isOne();
		}
	}

	@Test
	void aPortThatTheCallerNamesOrThatOthersReachIsNotKept() throws Exception {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			int named = FreePorts.udp();
			assertThat(port("a", server.address(), ExchangeOptions.CONNECTED.leavingFrom(named))).isEqualTo(named);
			for (SocketKind kind : List.of(SocketKind.UNCONNECTED, SocketKind.INFORMED)) {
				assertThat(port("a", server.address(), ExchangeOptions.of(kind))).isPositive();
			}
			assertThat(this.kept.size()).isZero();
		}
	}

	@Test
	void thePortThatWasNotUsedForLongestGivesWay() throws Exception {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			int first = port(0, server.address(), ExchangeOptions.CONNECTED);
			int second = port(1, server.address(), ExchangeOptions.CONNECTED);
			for (int caller = 2; caller <= MAX; caller++) {
				assertThat(port(0, server.address(), ExchangeOptions.CONNECTED)).isEqualTo(first);
				port(caller, server.address(), ExchangeOptions.CONNECTED);
			}
			assertThat(this.kept.size()).isEqualTo(MAX);
			assertThat(port(0, server.address(), ExchangeOptions.CONNECTED)).isEqualTo(first);
			assertThat(port(1, server.address(), ExchangeOptions.CONNECTED)).isNotEqualTo(second);
		}
	}

	@Test
	void whatIsSentAgainLeavesFromThePortToo() throws Exception {
		try (TestServer server = TestServer.silent()) {
			Dialogue twice = new Dialogue() {
				private boolean again = true;

				@Override
				public Send first(InetSocketAddress local) {
					return new Send(bytes("one"), SHORT);
				}

				@Override
				public Step received(ByteBuffer datagram) {
					return As.ANSWER;
				}

				@Override
				public @Nullable Send silent() {
					boolean more = this.again;
					this.again = false;
					return more ? new Send(bytes("two"), SHORT) : null;
				}
			};
			this.kept.exchange(this.engine, "a", server.address(), ExchangeOptions.CONNECTED, twice)
					.get(60, TimeUnit.SECONDS);
			assertThat(server.next().getSocketAddress()).isEqualTo(server.next().getSocketAddress());
		}
	}

}
