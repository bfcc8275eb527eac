package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;

import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an exchange has of the kernel: times, reporters, options.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class KernelClockTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final ExchangeEngine engine = new ExchangeEngine(4, 1, KernelDetail.find(), DestinationRates.NONE);

	/** The kernel needs a moment to begin to take times of arrival. */
	@BeforeEach
	void awaitTimes() {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			await().until(() -> Objects.requireNonNull(
					exchange(server.address(), 1, ExchangeOptions.CONNECTED).outcome().roundTrip())
					.clock() == RoundTrip.Clock.KERNEL);
		}
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private Exchange exchange(InetSocketAddress remote, int length, ExchangeOptions options)
			throws InterruptedException {
		return this.engine.exchange(remote, new byte[length], LONG, options).join();
	}

	private static ExchangeOptions from(String source) {
		return new ExchangeOptions(SocketKind.CONNECTED, null, null, null, InetAddress.ofLiteral(source), null);
	}

	private static void assertKernels(Outcome outcome) {
		RoundTrip roundTrip = Objects.requireNonNull(outcome.roundTrip());
		assertThat(roundTrip.clock()).isEqualTo(RoundTrip.Clock.KERNEL);
		assertThat(roundTrip.nanos()).isPositive().isLessThanOrEqualTo(roundTrip.jvmNanos());
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,5", "127.0.0.1,0", "127.0.0.1,65507", "::1,5", "::1,0", "::1,65527"})
	void aReplyIsTimedByTheKernel(String address, int length) throws InterruptedException {
		for (SocketKind kind : SocketKind.values()) {
			try (TestServer server = TestServer.echo(address)) {
				Outcome outcome = exchange(server.address(), length, ExchangeOptions.of(kind)).outcome();
				assertThat(outcome).isInstanceOf(Outcome.Replied.class);
				assertKernels(outcome);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,5", "127.0.0.1,0", "::1,5", "::1,0"})
	void aRefusalIsTimedByTheKernelAndHasItsReporter(String address, int length)
			throws IOException, InterruptedException {
		Outcome outcome = exchange(TestServer.closedPort(address), length, ExchangeOptions.CONNECTED).outcome();
		assertThat(outcome).isInstanceOf(Outcome.Refused.class);
		assertKernels(outcome);
		boolean ipv6 = InetAddress.ofLiteral(address) instanceof Inet6Address;
		assertThat(outcome.icmp()).isEqualTo(new IcmpMessage(ipv6 ? 1 : 3, ipv6 ? 4 : 3, IcmpMeaning.PORT_UNREACHABLE,
				InetAddress.ofLiteral(address)));
	}

	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.1", "::1"})
	void withoutDetailTheJvmTakesTheTimeAndTheReporterIsUnknown(String address)
			throws IOException, InterruptedException {
		try (ExchangeEngine portable = new ExchangeEngine(4, 1, KernelDetail.none("this test does without"),
				DestinationRates.NONE)) {
			Outcome outcome = portable
					.exchange(TestServer.closedPort(address), new byte[5], LONG, ExchangeOptions.CONNECTED).join()
					.outcome();
			RoundTrip roundTrip = Objects.requireNonNull(outcome.roundTrip());
			assertThat(roundTrip).isEqualTo(RoundTrip.jvm(roundTrip.jvmNanos()));
			assertThat(Objects.requireNonNull(outcome.icmp()).reporter()).isNull();
			assertThat(outcome.icmp().meaning()).isEqualTo(IcmpMeaning.PORT_UNREACHABLE);
		}
	}

	@Test
	void withoutDetailThereIsNoTtl() {
		ExchangeOptions options = new ExchangeOptions(SocketKind.CONNECTED, 1, null, null, null, null);
		try (TestServer server = TestServer.echo("127.0.0.1");
				ExchangeEngine portable = new ExchangeEngine(4, 1, KernelDetail.none("this test does without"),
						DestinationRates.NONE)) {
			assertThatExceptionOfType(NoDetailException.class)
					.isThrownBy(() -> portable.exchange(server.address(), new byte[5], LONG, options).join())
					.withMessage("this test does without")
					.satisfies((ex) -> assertThat(ex.option()).isEqualTo("ttl"));
			assertThat(portable.inFlight()).isZero();
			assertThat(server.countReceived()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.1", "::1"})
	void optionsAreSetAndTheExchangeGoesOn(String address) throws IOException, InterruptedException {
		ExchangeOptions options = new ExchangeOptions(SocketKind.CONNECTED, 1, 46, true, null, null);
		try (TestServer server = TestServer.echo(address)) {
			assertKernels(exchange(server.address(), 5, options).outcome());
			ExchangeChannels channels = new ExchangeChannels(1, new LocalPorts(LocalPorts.ephemeral(), new Random(1)),
					KernelDetail.find(), DestinationRates.NONE);
			assertThatExceptionOfType(IOException.class)
					.isThrownBy(() -> channels.open(server.address(), options, (channel) -> {
						assertThat(channel.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(46 << 2);
						assertThat(channel.getOption(ExtendedSocketOptions.IP_DONTFRAGMENT)).isTrue();
						throw new IOException("that is all");
					}))
					.withMessage("that is all");
			assertThat(channels.inFlight()).isZero();
		}
	}

	@Test
	void leavesFromTheSourceAddress() throws InterruptedException {
		try (TestServer server = TestServer.echo("127.0.0.1")) {
			Exchange exchange = exchange(server.address(), 5, from("127.0.0.2"));
			assertThat(exchange.outcome()).isInstanceOf(Outcome.Replied.class);
			assertThat(exchange.local()).isEqualTo(server.next().getSocketAddress())
					.extracting(InetSocketAddress::getAddress)
					.isEqualTo(InetAddress.ofLiteral("127.0.0.2"));
		}
	}

	/** 192.0.2.0/24 and 2001:db8::/32 are for documentation (RFC 5737, RFC 3849). */
	@ParameterizedTest
	@CsvSource({"127.0.0.1,192.0.2.1,not one of this host", "::1,2001:db8::1,not one of this host",
			"127.0.0.1,::1,different families", "::1,127.0.0.1,different families"})
	void sendsNothingFromAnAddressThatIsNotItsOwnOrOfTheOtherFamily(String address, String source, String reason)
			throws InterruptedException {
		try (TestServer server = TestServer.echo(address)) {
			Exchange exchange = exchange(server.address(), 5, from(source));
			assertThat(exchange.outcome()).isInstanceOfSatisfying(Outcome.NotSent.class,
					(notSent) -> assertThat(notSent.reason()).contains(reason));
			assertThat(exchange.sent()).isFalse();
			assertThat(exchange.local()).isNull();
			assertThatExceptionOfType(NotSentException.class)
					.isThrownBy(() -> this.engine.open(server.address(), from(source),
							new FlowSettings(1, Correlation.NONE, (_) -> {})))
					.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(exchange.outcome()))
					.satisfies((ex) -> assertThat(ex.remote()).isEqualTo(server.address()));
			assertThat(this.engine.inFlight()).isZero();
			assertThat(server.countReceived()).isZero();
		}
	}

}
