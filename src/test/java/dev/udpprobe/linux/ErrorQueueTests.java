package dev.udpprobe.linux;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Errors and transmit times as a socket's error queue has them.
 */
@ParameterizedClass
@ValueSource(strings = {"127.0.0.1", "::1"})
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class ErrorQueueTests {

	/** More than a packet of 65,535 bytes has room for, or one of lo's MTU. */
	private static final int TOO_LONG = 65_527;

	private static final int LOOPBACK_MTU = 65_536;

	private final Loopback loopback;

	ErrorQueueTests(String address) {
		this.loopback = new Loopback(address);
	}

	@AfterEach
	void close() throws IOException {
		this.loopback.close();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private Loopback.Reports refusal(byte[] payload) throws IOException {
		DatagramChannel channel = this.loopback.connectToClosedPort();
		Loopback.send(channel, payload);
		return this.loopback.errors(channel, 1);
	}

	@Test
	void aRefusalHasTheWholeIcmpMessage() throws IOException {
		Loopback.Reports reports = refusal(bytes("hello"));
		assertThat(reports.quoted()).containsExactly(bytes("hello"));
		assertThat(reports.errors()).singleElement().satisfies((error) -> {
			boolean ipv6 = this.loopback.isIpv6();
			assertThat(error.origin()).isEqualTo(ipv6 ? QueuedError.Origin.ICMPV6 : QueuedError.Origin.ICMP);
			assertThat(error.errno()).isEqualTo(Errno.ECONNREFUSED.number());
			assertThat(error.type()).isEqualTo(ipv6 ? 1 : 3);
			assertThat(error.code()).isEqualTo(ipv6 ? 4 : 3);
			assertThat(error.info()).isZero();
			assertThat(error.reporter()).isEqualTo(this.loopback.address());
		});
	}

	/** The kernel needs a moment to begin to take times of arrival. */
	@Test
	void aRefusalHasTheTimeOfItsArrival() throws IOException {
		DatagramChannel channel = this.loopback.connectToClosedPort();
		Loopback.await(() -> {
			long before = Loopback.realtimeNanos();
			Loopback.send(channel, bytes("hello"));
			Loopback.Reports reports = this.loopback.errors(channel, 1);
			long after = Loopback.realtimeNanos();
			long arrived = reports.errors().getFirst().timeNanos();
			assertThat(reports.timesNanos()).singleElement().satisfies((left) -> {
				assertThat(left).isBetween(before, after);
				assertThat(arrived).satisfiesAnyOf((none) -> assertThat(none).isZero(),
						(time) -> assertThat(time).isBetween(left, after));
			});
			return arrived != 0;
		});
	}

	@Test
	void aRefusalQuotesTheBeginningOfALongDatagram() throws IOException {
		byte[] payload = new byte[4_000];
		new Random(1).nextBytes(payload);
		assertThat(refusal(payload).quoted()).singleElement().satisfies((quoted) -> {
			assertThat(quoted).hasSizeGreaterThan(400);
			assertThat(payload).startsWith(quoted);
		});
	}

	@Test
	void refusalsKeepTheirOrder() throws IOException {
		DatagramChannel channel = this.loopback.connectToClosedPort();
		List<byte[]> payloads = IntStream.range(0, 20).mapToObj((i) -> bytes("datagram " + i)).toList();
		for (byte[] payload : payloads) {
			Loopback.send(channel, payload);
		}
		Loopback.Reports reports = this.loopback.errors(channel, payloads.size());
		assertThat(reports.quoted()).containsExactlyElementsOf(payloads);
		assertThat(reports.errors()).extracting(QueuedError::errno).containsOnly(Errno.ECONNREFUSED.number());
		assertThat(this.loopback.reader().receive(channel)).isEqualTo(DatagramReader.Received.NOTHING);
	}

	@Test
	void everyDatagramHasTheTimeAtWhichItLeft() throws IOException {
		DatagramChannel channel = this.loopback.connect(Loopback.local(this.loopback.open()));
		long before = Loopback.realtimeNanos();
		for (int i = 0; i < 3; i++) {
			Loopback.send(channel, bytes("hello"));
		}
		Loopback.Reports reports = this.loopback.times(channel, 3);
		assertThat(reports.errors()).isEmpty();
		assertThat(reports.datagrams()).containsExactly(0, 1, 2);
		assertThat(reports.timesNanos()).isSorted()
				.allSatisfy((time) -> assertThat(time).isBetween(before, Loopback.realtimeNanos()));
	}

	@Test
	void transmitTimesAreNotErrors() throws IOException {
		DatagramChannel channel = this.loopback.connect(Loopback.local(this.loopback.open()));
		Loopback.send(channel, bytes("hello"));
		Loopback.Reports reports = new Loopback.Reports();
		Loopback.await(() -> {
			this.loopback.readErrors(channel, reports);
			assertThat(reports.errors()).isEmpty();
			return !reports.datagrams().isEmpty();
		});
		assertThat(this.loopback.reader().receive(channel)).isEqualTo(DatagramReader.Received.NOTHING);
	}

	@Test
	void thisHostItselfReportsWhatIsTooBigForIt() throws IOException {
		DatagramChannel channel = this.loopback.connect(Loopback.local(this.loopback.open()));
		SocketOptions.probeMtu(channel, this.loopback.isIpv6());
		assertThatIOException().isThrownBy(() -> Loopback.send(channel, new byte[TOO_LONG]))
				.withMessage(Errno.text(Errno.EMSGSIZE.number()));
		Loopback.Reports reports = this.loopback.errors(channel, 1);
		assertThat(reports.datagrams()).isEmpty();
		assertThat(reports.errors()).singleElement().satisfies((error) -> {
			assertThat(error.origin()).isEqualTo(QueuedError.Origin.LOCAL);
			assertThat(error.errno()).isEqualTo(Errno.EMSGSIZE.number());
			assertThat(error.info()).isEqualTo(LOOPBACK_MTU);
			assertThat(error.reporter()).isNull();
		});
	}

}
