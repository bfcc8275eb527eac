package dev.udpprobe.net;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HostAndPortTests {

	private static final String LABEL_63 = "a".repeat(63);

	@ParameterizedTest
	@CsvSource({"dns.example:53, dns.example, 53", "localhost:1, localhost, 1", "a:65535, a, 65535",
			"dns.example.:53, dns.example., 53", "_sip._udp.example:5060, _sip._udp.example, 5060",
			"3com.example:7, 3com.example, 7", "127.0.0.1:7007, 127.0.0.1, 7007", "0.0.0.0:7, 0.0.0.0, 7",
			"[::1]:7007, ::1, 7007", "[2001:db8::1]:53, 2001:db8::1, 53",
			"[::ffff:192.0.2.1]:53, ::ffff:192.0.2.1, 53", "localhost:00053, localhost, 53"})
	void readsHostAndPort(String text, String host, int port) {
		assertThat(HostAndPort.of(text)).isEqualTo(new HostAndPort(host, port));
	}

	@ParameterizedTest
	@ValueSource(strings = {"dns.example:53", "127.0.0.1:7007", "[2001:db8::1]:53"})
	void writesWhatItReads(String text) {
		assertThat(HostAndPort.of(text)).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", " ", ":", "dns.example", "127.0.0.1", "::1", "[::1]", ":53", "dns.example:",
			"dns.example:dns", "dns.example:-1", "dns.example:+53", "dns.example:53 ", "dns.example:123456",
			"dns.example:٥٣", "::1:53", "2001:db8::1:53", "[]:53", "[::1:53", "::1]:53", "[[::1]]:53",
			"dns.example:53:53", "udp://dns.example:53"})
	void refusesWhatIsNotHostAndPort(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.of(text))
				.withMessageContaining("'" + text + "'")
				.withMessageContaining(HostAndPort.TAKES);
	}

	@ParameterizedTest
	@ValueSource(strings = {"localhost:0", "127.0.0.1:65536", "[::1]:99999"})
	void refusesPortsThatAreNone(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.of(text))
				.withMessageContaining("is outside 1 to 65535");
	}

	/**
	 * What {@code inet_aton(3)} takes for an address, and so would resolvers.
	 */
	@ParameterizedTest
	@ValueSource(strings = {"300.1.1.1", "1.2.3", "127.1", "2130706433", "0x7f000001", "0x7f.1", "1.2.3.0x4",
			"017700000001", "1.2.3.4.", "1.2.3.4.5", "0X7F.0.0.1"})
	void refusesNumbersThatAreNoAddress(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.of(host + ":53"))
				.withMessageContaining("'" + host + "' is neither an IP address nor a host name");
	}

	@ParameterizedTest
	@ValueSource(strings = {"-a.example", "a-.example", "a..example", ".example", "a b", "bücher.example", "a/b", "a@b",
			"*", "a,b", "%31"})
	void refusesNamesThatAreNone(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.of(host + ":53"))
				.withMessageContaining(host);
	}

	@ParameterizedTest
	@ValueSource(strings = {"a:b", "dns.example", "127.0.0.1", ":::", "1::2::3", "::1%no-such-interface"})
	void refusesBracketsAroundWhatIsNotIPv6(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.of("[" + host + "]:53"))
				.withMessageContaining(host);
	}

	@Test
	void takesNamesUpToTheLengthThatDnsHas() {
		String longest = (LABEL_63 + ".").repeat(3) + "a".repeat(61);
		assertThat(longest).hasSize(253);
		assertThat(new HostAndPort(longest, 53).host()).isEqualTo(longest);
		assertThatIllegalArgumentException().isThrownBy(() -> new HostAndPort(longest + "a", 53));
		assertThatIllegalArgumentException().isThrownBy(() -> new HostAndPort(LABEL_63 + "a.example", 53));
	}

	@Test
	void knowsLiteralsFromNames() throws Exception {
		assertThat(Addresses.literal("192.0.2.1")).contains(InetAddress.ofLiteral("192.0.2.1"));
		assertThat(Addresses.literal("2001:db8::1")).contains(InetAddress.ofLiteral("2001:db8::1"));
		assertThat(Addresses.literal("localhost")).isEmpty();
		assertThat(Addresses.literal("1.2.3")).isEmpty();
	}

}
