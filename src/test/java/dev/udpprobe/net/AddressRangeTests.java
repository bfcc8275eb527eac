package dev.udpprobe.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AddressRangeTests {

	@ParameterizedTest
	@CsvSource({"192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.0, false", "10.0.0.0/8, 10.255.255.255, true",
			"10.0.0.0/8, 11.0.0.0, false", "10.9.9.9/8, 10.0.0.0, true", "192.0.2.128/25, 192.0.2.128, true",
			"192.0.2.128/25, 192.0.2.127, false", "0.0.0.0/0, 255.255.255.255, true", "0.0.0.0/0, ::, false",
			"0.0.0.0/0, ::192.0.2.1, false", "::/0, 192.0.2.1, false", "::/0, ffff::, true", "::/0, ::1, true",
			"::1, ::1, true", "::1, ::2, false", "::1, 1::1, false", "2001:db8::/32, 2001:db8:ffff::, true",
			"2001:db8::/32, 2001:db9::, false", "2001:db8::/64, 2001:db8::ffff:0:0:0, true",
			"2001:db8::/64, 2001:db8:0:1::, false", "2001:db8::/65, 2001:db8::7fff:0:0:0, true",
			"2001:db8::/65, 2001:db8::8000:0:0:0, false", "2001:db8::/127, 2001:db8::1, true",
			"2001:db8::/127, 2001:db8::2, false", "::ffff:192.0.2.1, 192.0.2.1, true", "::/95, 192.0.2.1, false",
			"::/96, ::192.0.2.1, true"})
	void containsItsAddressesAlone(String block, String text, boolean contained) {
		AddressRange range = AddressRange.of(block);
		InetAddress address = InetAddress.ofLiteral(text);
		assertThat(range.contains(address)).isEqualTo(contained);
		ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
		boolean ipv4 = bytes.remaining() == 4;
		long high = ipv4 ? 0 : bytes.getLong();
		long low = ipv4 ? 0xFFFF_0000_0000L | Integer.toUnsignedLong(bytes.getInt()) : bytes.getLong();
		assertThat(range.contains(high, low)).as("in numbers").isEqualTo(contained);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "/8", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/+8", "10.0.0.0/-1", "10.0.0.0/8/8", "10/8",
			"localhost", "dns.example/8", "10.0.0.0:53", "300.0.0.0/8", "10.0.0.0/0008"})
	void isNothingElse(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text))
				.withMessageContaining("'" + text + "' is not an IP address or a CIDR block");
	}

	@ParameterizedTest
	@CsvSource({"10.0.0.0/33, 0 to 32", "::/129, 0 to 128"})
	void hasAPrefixThatIsNoLongerThanAnAddress(String text, String takes) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text)).withMessageContaining(takes);
	}

}
