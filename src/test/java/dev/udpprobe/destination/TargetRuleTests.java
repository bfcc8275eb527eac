package dev.udpprobe.destination;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetRuleTests {

	@ParameterizedTest
	@CsvSource({"10.0.0.0/8, 10.0.0.0, 1", "10.0.0.0/8, 10.255.255.255, 65535", "10.1.2.3/8, 10.9.9.9, 53",
			"192.0.2.128/25, 192.0.2.129, 53", "192.0.2.128/31, 192.0.2.129, 53", "192.0.2.1/32, 192.0.2.1, 53",
			"0.0.0.0/0, 203.0.113.9, 53", "10.0.0.0/8:53, 10.1.1.1, 53", "10.0.0.0/8:53-55, 10.1.1.1, 53",
			"10.0.0.0/8:53-55, 10.1.1.1, 55", "192.0.2.1:53, 192.0.2.1, 53", "192.0.2.1:1-65535, 192.0.2.1, 65535",
			"2001:db8::/32, 2001:db8::1, 53", "[2001:db8::/32], 2001:db8:ffff::1, 53",
			"[2001:db8::/32]:53, 2001:db8::1, 53", "[2001:db8::1]:53-54, 2001:db8::1, 54", "::/0, 2001:db8::1, 53",
			"2001:db8::/33, 2001:db8:7fff::, 53", "[::ffff:192.0.2.1]:53, 192.0.2.1, 53"})
	void allowsWhatItSays(String rule, String address, int port) {
		assertThat(allows(rule, address, address, port)).isTrue();
		assertThat(allows(rule, "any.example", address, port)).as("by any name").isTrue();
	}

	@ParameterizedTest
	@CsvSource({"10.0.0.0/8, 11.0.0.0, 53", "10.0.0.0/8, 9.255.255.255, 53", "192.0.2.128/25, 192.0.2.127, 53",
			"192.0.2.128/31, 192.0.2.130, 53", "192.0.2.1/32, 192.0.2.0, 53", "10.0.0.0/8:53, 10.1.1.1, 52",
			"10.0.0.0/8:53, 10.1.1.1, 54", "10.0.0.0/8:53-55, 10.1.1.1, 52", "10.0.0.0/8:53-55, 10.1.1.1, 56",
			"192.0.2.1:53, 192.0.2.1, 54", "192.0.2.1:53, 192.0.2.2, 53", "2001:db8::/32, 2001:db9::1, 53",
			"2001:db8::/33, 2001:db8:8000::, 53", "[2001:db8::/32]:53, 2001:db8::1, 54", "0.0.0.0/0, 2001:db8::1, 53",
			"::/0, 192.0.2.1, 53"})
	void allowsNothingElse(String rule, String address, int port) {
		assertThat(allows(rule, address, address, port)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({"dns.example:53, dns.example, 53, true", "dns.example:53, DNS.Example, 53, true",
			"dns.example:53, dns.example, 54, false", "dns.example:53, other.example, 53, false",
			"dns.example:53, a.dns.example, 53, false", "dns.example:53-55, dns.example, 55, true",
			"dns.example:53-55, dns.example, 56, false", "dns.example:53, 192.0.2.1, 53, false"})
	void allowsANameWhateverItResolvesTo(String rule, String host, int port, boolean allowed) {
		assertThat(allows(rule, host, "192.0.2.1", port)).isEqualTo(allowed);
		assertThat(allows(rule, host, "2001:db8::1", port)).isEqualTo(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "*", "any", "10.0.0.0", "dns.example", "::1", "[::1]", "10.0.0.0/", "10.0.0.0/33",
			"10.0.0.0/-1", "10.0.0.0/8:", "10.0.0.0/8:0", "10.0.0.0/8:65536", "10.0.0.0/8:55-53", "10.0.0.0/8:53-",
			"10.0.0.0/8:-53", "10.0.0.0/8:53-65536", "2001:db8::/129", "2001:db8::1:53", "dns.example/24",
			"dns.example/24:53", "dns.example:0", "dns.example:dns", "10.0.0/8", "10.0.0.0/255.0.0.0", "300.0.0.0/8",
			"1.2.3:53", "0x0a000001:53", ":53", "/8", "10.0.0.0/8 :53", "10.0.0.0/8,11.0.0.0/8"})
	void refusesWhatIsNoRule(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetRule.of(text));
	}

	@ParameterizedTest
	@ValueSource(strings = {"[2001:db8::/32", "2001:db8::/32]", "2001:db8::/32]:53", "[2001:db8::1:53", "::1]:53",
			"10.0.0.0/8]", "10.0.0.0/8]:53", "dns.example]:53", "[10.0.0.0/8]:53", "[dns.example]:53"})
	void refusesBracketsThatDoNotMatchOrBelong(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetRule.of(text));
	}

	private static boolean allows(String rule, String host, String address, int port) {
		return new TargetPolicy(List.of(TargetRule.of(rule)), (_) -> false).bind(new HostAndPort(host, port))
				.allows(InetAddress.ofLiteral(address));
	}

}
