package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

class TargetPolicyTests {

	private static final InetAddress OWN = InetAddress.ofLiteral("198.51.100.7");

	private static final TargetPolicy BY_DEFAULT = TargetPolicy.byDefault(List.of(OWN),
			List.of(HostAndPort.of("dns.example:53"), HostAndPort.of("203.0.113.9:5060"),
					HostAndPort.of("[2001:db8::9]:5060")),
			(_) -> false);

	@ParameterizedTest
	@CsvSource({"127.0.0.1, 1", "127.255.255.255, 65535", "::1, 7007", "::ffff:127.0.0.1, 7007", "198.51.100.7, 1",
			"198.51.100.7, 65535", "203.0.113.9, 5060", "2001:db8::9, 5060"})
	void byDefaultAllowsLoopbackTheOwnAddressAndTheConfiguredTargets(String address, int port) {
		assertThat(allows(BY_DEFAULT, address, address, port)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({"192.0.2.1, 53", "126.255.255.255, 53", "128.0.0.0, 53", "198.51.100.8, 53", "203.0.113.9, 5061",
			"203.0.113.10, 5060", "2001:db8::9, 53", "::2, 7007", "::127.0.0.1, 7007", "224.0.0.1, 53",
			"255.255.255.255, 53", "169.254.169.254, 53"})
	void byDefaultAllowsNothingElse(String address, int port) {
		assertThat(allows(BY_DEFAULT, address, address, port)).isFalse();
	}

	@Test
	void trustsAConfiguredNameOnItsPortWhateverItResolvesTo() {
		assertThat(allows(BY_DEFAULT, "dns.example", "192.0.2.1", 53)).isTrue();
		assertThat(allows(BY_DEFAULT, "dns.example", "192.0.2.1", 54)).isFalse();
		assertThat(allows(BY_DEFAULT, "other.example", "192.0.2.1", 53)).isFalse();
	}

	@Test
	void judgesTheAddressThatANameResolvedTo() throws Exception {
		TargetPolicy policy = policy("10.0.0.0/8");
		InetAddress resolved = InetAddress.getByName("localhost");
		assertThat(allows(policy, "localhost", resolved.getHostAddress(), 53)).isFalse();
		assertThat(allows(policy, "localhost", "10.0.0.1", 53)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201", "0:0:0:0:0:ffff:192.0.2.1"})
	void anIPv4AddressIsTheSameInIPv6Dress(String address) {
		assertThat(allows(policy("::/0"), address, address, 53)).as("allowed as IPv6").isFalse();
		assertThat(allows(policy("192.0.2.0/24"), address, address, 53)).as("allowed as IPv4").isTrue();
		assertThat(allows(BY_DEFAULT, address, address, 53)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {"0.0.0.0", "::", "::ffff:0.0.0.0"})
	void neverAllowsTheUnspecifiedAddress(String address) {
		TargetPolicy everything = policy("0.0.0.0/0", "::/0", "any.example:1-65535", address + "/0");
		assertThat(allows(everything, "any.example", address, 53)).isFalse();
		assertThat(allows(everything, address, address, 53)).isFalse();
		TargetPolicy onAllAddresses = TargetPolicy.byDefault(List.of(InetAddress.ofLiteral(address)), List.of(),
				(_) -> false);
		assertThat(allows(onAllAddresses, address, address, 53)).isFalse();
	}

	@Test
	void allowsWhatAnyRuleAllowsAndNothingWithoutRules() {
		TargetPolicy policy = policy("10.0.0.0/8:53", "192.0.2.0/24");
		assertThat(allows(policy, "10.0.0.1", "10.0.0.1", 53)).isTrue();
		assertThat(allows(policy, "192.0.2.1", "192.0.2.1", 54)).isTrue();
		assertThat(allows(policy, "10.0.0.1", "10.0.0.1", 54)).isFalse();
		assertThat(allows(policy, "127.0.0.1", "127.0.0.1", 53)).as("rules replace the default").isFalse();
		assertThat(allows(policy(), "127.0.0.1", "127.0.0.1", 53)).isFalse();
	}

	@Test
	void noRulesForbidTheOwnEchoServer() {
		InetSocketAddress own = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 7007);
		TargetPolicy policy = new TargetPolicy(List.of(TargetRule.of("10.0.0.0/8")), own::equals);
		assertThat(allows(policy, "127.0.0.1", "127.0.0.1", 7007)).isTrue();
		assertThat(allows(policy, "localhost", "127.0.0.1", 7007)).isTrue();
		assertThat(allows(policy, "127.0.0.1", "127.0.0.1", 7008)).isFalse();
		assertThat(allows(policy, "localhost", "127.0.0.2", 7007)).isFalse();
	}

	@Test
	void saysHowToAllowATargetInWhatTheConfigurationTakes() {
		HostAndPort target = HostAndPort.of("[2001:db8::1]:53");
		String how = BY_DEFAULT.howToAllow(target);
		assertThat(how).isEqualTo("to allow them, start the service with --udp-probe.client.allowed-targets="
				+ "127.0.0.0/8,::1/128,198.51.100.7/32,dns.example:53,203.0.113.9:5060,[2001:db8::9]:5060,"
				+ "[2001:db8::1]:53");
		TargetPolicy allowing = policy(how.substring(how.indexOf('=') + 1).split(",", -1));
		assertThat(allows(allowing, "2001:db8::1", "2001:db8::1", 53)).isTrue();
		assertThat(allows(allowing, "203.0.113.9", "203.0.113.9", 5060)).isTrue();
		assertThat(policy("10.0.0.0/8").howToAllow(target))
				.isEqualTo("to allow them, add [2001:db8::1]:53 to udp-probe.client.allowed-targets");
		TargetPolicy many = TargetPolicy.byDefault(List.of(),
				IntStream.range(1, 10).mapToObj((port) -> new HostAndPort("dns.example", port)).toList(),
				(_) -> false);
		assertThat(many.howToAllow(target)).contains("list [2001:db8::1]:53 in ").doesNotContain("dns.example");
	}

	@ParameterizedTest
	@ValueSource(strings = {"[fe80::2%eth0]:53", "[fe80::2%1]:53", "10.0.0.1:53", "dns.example:53"})
	void whatItSaysIsTaken(String target) {
		TargetPolicy byDefault = TargetPolicy.byDefault(List.of(InetAddress.ofLiteral("fe80::1%1")),
				List.of(HostAndPort.of("[fe80::3%1]:7")), (_) -> false);
		String how = byDefault.howToAllow(HostAndPort.of(target));
		assertThat(policy(how.substring(how.indexOf('=') + 1).split(",", -1))).isNotNull();
	}

	private static TargetPolicy policy(String... rules) {
		return new TargetPolicy(Stream.of(rules).map(TargetRule::of).toList(), (_) -> false);
	}

	private static boolean allows(TargetPolicy policy, String host, String address, int port) {
		return policy.bind(new HostAndPort(host, port)).allows(InetAddress.ofLiteral(address));
	}

}
