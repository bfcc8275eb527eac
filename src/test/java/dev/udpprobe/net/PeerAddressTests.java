package dev.udpprobe.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PeerAddressTests {

	@ParameterizedTest
	@CsvSource({"127.0.0.1,true", "255.255.255.255,true", "::1,false", "::127.0.0.1,false",
			"fd77:1::ffff:7f00:1,false", "fe80::1%1,false"})
	void isTheAddressInNumbers(String text, boolean ipv4) {
		InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(text), 65_535);
		PeerAddress peer = PeerAddress.of(address);
		assertThat(peer.isIpv4()).isEqualTo(ipv4);
		assertThat(peer.toSocketAddress()).isEqualTo(address);
		assertThat(peer.copy()).isEqualTo(peer).isEqualByComparingTo(peer).hasSameHashCodeAs(peer).isNotSameAs(peer);
		assertThat(peer.toString()).endsWith(":65535");
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,127.0.0.1,true", "127.0.0.1,127.0.0.2,false", "127.0.0.1,::127.0.0.1,false",
			"127.0.0.1,0:0:7f00:1::,false", "2001:db8:1:2::1,2001:db8:1:2:ffff::,true",
			"2001:db8:1:2::1,2001:db8:1:3::1,false"})
	void isASourceWithItsNetwork(String one, String other, boolean same) {
		assertThat(peer(one).source() == peer(other).source()).isEqualTo(same);
	}

	private static PeerAddress peer(String address) {
		return PeerAddress.of(new InetSocketAddress(InetAddress.ofLiteral(address), 4_000));
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,1,127.0.0.1,2", "127.0.0.1,1,127.0.0.2,1", "::1,1,::2,1", "1::,1,2::,1",
			"fe80::1%1,1,fe80::1%2,1", "127.0.0.1,1,::127.0.0.1,1"})
	void differsFromAnyOther(String one, int onePort, String other, int otherPort) {
		PeerAddress first = PeerAddress.of(new InetSocketAddress(InetAddress.ofLiteral(one), onePort));
		PeerAddress second = PeerAddress.of(new InetSocketAddress(InetAddress.ofLiteral(other), otherPort));
		assertThat(first).isNotEqualTo(second).isNotEqualByComparingTo(second).doesNotHaveSameHashCodeAs(second);
		assertThat(first.compareTo(second)).isEqualTo(-second.compareTo(first));
	}

}
