package dev.udpprobe.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressesTests {

	@ParameterizedTest
	@ValueSource(strings = {"192.0.2.1", "127.0.0.1", "0.0.0.0", "255.255.255.255"})
	void aMappedAddressIsTheIpv4AddressInIt(String text) throws Exception {
		InetAddress ipv4 = InetAddress.ofLiteral(text);
		byte[] mapped = ByteBuffer.allocate(16).putInt(8, 0xFFFF).put(12, ipv4.getAddress()).array();
		// As a name that resolves to such an AAAA record, or a socket with a scope, has it made.
		Inet6Address unnormalized = Inet6Address.getByAddress("mapped.example", mapped, 0);
		assertThat(unnormalized.isAnyLocalAddress()).isFalse();
		assertThat(Addresses.normalized(unnormalized)).isEqualTo(ipv4);
		assertThat(Addresses.of(mapped, 0)).isEqualTo(ipv4);
		assertThat(Addresses.of(mapped, 3)).isEqualTo(ipv4);
		assertThat(Addresses.of(0, Addresses.mapped(ByteBuffer.wrap(ipv4.getAddress()).getInt()), 0)).isEqualTo(ipv4);
		assertThat(Addresses.literal("::ffff:" + text)).contains(ipv4);
	}

	@Test
	void otherAddressesStayAsTheyAre() throws Exception {
		Inet6Address linkLocal = Inet6Address.getByAddress(null, InetAddress.ofLiteral("fe80::1").getAddress(), 3);
		assertThat(Addresses.normalized(linkLocal)).isSameAs(linkLocal);
		InetAddress named = InetAddress.getByAddress("ipv4.example", new byte[]{(byte) 192, 0, 2, 1});
		assertThat(Addresses.normalized(named)).isSameAs(named);
		assertThat(Addresses.of(linkLocal.getAddress(), 3)).isEqualTo(linkLocal);
		assertThat(((Inet6Address) Addresses.of(linkLocal.getAddress(), 3)).getScopeId()).isEqualTo(3);
		assertThat(Addresses.normalized(InetAddress.ofLiteral("::1"))).isEqualTo(InetAddress.ofLiteral("::1"));
	}

}
