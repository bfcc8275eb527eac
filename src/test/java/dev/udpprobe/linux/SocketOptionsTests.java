package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@ParameterizedClass
@ValueSource(strings = {"127.0.0.1", "::1"})
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class SocketOptionsTests {

	private final Loopback loopback;

	SocketOptionsTests(String address) {
		this.loopback = new Loopback(address);
	}

	@AfterEach
	void close() throws IOException {
		this.loopback.close();
	}

	private int option(DatagramChannel channel, int ipv4Option, int ipv6Option) {
		boolean ipv6 = this.loopback.isIpv6();
		try (Arena arena = Arena.ofConfined()) {
			MemorySegment value = arena.allocate(JAVA_INT);
			assertThat(SystemCalls.getsockopt(arena.allocate(SystemCalls.ERRNO), Descriptor.of(channel),
					ipv6 ? SocketOptions.IPPROTO_IPV6 : SocketOptions.IPPROTO_IP, ipv6 ? ipv6Option : ipv4Option, value,
					arena.allocateFrom(JAVA_INT, Integer.BYTES))).isZero();
			return value.get(JAVA_INT, 0);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 2, 64, 255})
	void setsTheHopLimit(int hops) throws IOException {
		DatagramChannel channel = this.loopback.open();
		SocketOptions.hopLimit(channel, this.loopback.isIpv6(), hops);
		assertThat(option(channel, SocketOptions.IP_TTL, SocketOptions.IPV6_UNICAST_HOPS)).isEqualTo(hops);
	}

	@Test
	void reportsErrorsAndProbesTheMtuOnlyWhereAsked() throws IOException {
		try (DatagramChannel plain = DatagramChannel.open(this.loopback.isIpv6()
				? StandardProtocolFamily.INET6
				: StandardProtocolFamily.INET)) {
			assertThat(option(plain, SocketOptions.IP_RECVERR, SocketOptions.IPV6_RECVERR)).isZero();
			SocketOptions.reportErrors(plain, this.loopback.isIpv6());
			assertThat(option(plain, SocketOptions.IP_RECVERR, SocketOptions.IPV6_RECVERR)).isOne();
			assertThat(option(plain, SocketOptions.IP_MTU_DISCOVER, SocketOptions.IPV6_MTU_DISCOVER))
					.isNotEqualTo(SocketOptions.IP_PMTUDISC_PROBE);
			SocketOptions.probeMtu(plain, this.loopback.isIpv6());
			assertThat(option(plain, SocketOptions.IP_MTU_DISCOVER, SocketOptions.IPV6_MTU_DISCOVER))
					.isEqualTo(SocketOptions.IP_PMTUDISC_PROBE);
		}
	}

	@Test
	void saysWhichOptionTheKernelDoesNotTake() throws IOException {
		DatagramChannel channel = this.loopback.open();
		assertThatIOException().isThrownBy(() -> SocketOptions.hopLimit(channel, this.loopback.isIpv6(), 256))
				.withMessageStartingWith("this kernel does not take 256 for the socket option ");
	}

}
