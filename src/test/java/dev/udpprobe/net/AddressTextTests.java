package dev.udpprobe.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressTextTests {

	/**
	 * The examples of RFC 5952 2 and 4 are among them.
	 */
	@ParameterizedTest
	@CsvSource({"192.0.2.1, 192.0.2.1", "::, ::", "::1, ::1", "1::, 1::", "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
			"2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1", "2001:db8::0:1, 2001:db8::1",
			"2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
			"2001:DB8::AAAA:0, 2001:db8::aaaa:0", "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8", "0:0:3:4:5:6:0:0, ::3:4:5:6:0:0",
			"1:2:3:4:5:6:0:0, 1:2:3:4:5:6::", "0:2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0"})
	void ipv6IsShortAndInLowerCase(String address, String text) {
		assertThat(AddressText.of(InetAddress.ofLiteral(address))).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({"192.0.2.1, 192.0.2.1:53", "2001:db8::1, [2001:db8::1]:53"})
	void ipv6StandsInBracketsBeforeAPort(String address, String text) {
		assertThat(AddressText.of(new InetSocketAddress(InetAddress.ofLiteral(address), 53))).isEqualTo(text);
	}

	@Test
	void anInterfaceIsKept() throws Exception {
		byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
		assertThat(AddressText.of(new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 1), 53)))
				.matches("\\[fe80::1%\\w+]:53");
	}

}
