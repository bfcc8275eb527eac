package dev.udpprobe.net;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AllowedHostsTests {

	private final AllowedHosts hosts = new AllowedHosts(
			List.of(HostRule.of("Probe.example.org."), HostRule.of("*.probes.Example")));

	@ParameterizedTest
	@ValueSource(strings = {"localhost", "LocalHost:8080", "localhost.", "localhost.:8080", "a.localhost", "127.0.0.1",
			"192.0.2.1:8080", "[::1]", "[2001:DB8::1]:8080", "[::ffff:192.0.2.1]", "probe", "probe-http:", "my_host:1",
			"probe.default.svc", "probe.default.svc.cluster.local.:80", "probe.example.org", "PROBE.EXAMPLE.ORG.:8080",
			"a.probes.example", "a.b.probes.example:1"})
	void namesThatNoStrangerHasAreAllowed(String host) {
		assertThat(this.hosts.allows(host)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"", ":8080", ".", "attacker.test", "attacker.test:8080", "localhost.attacker.test",
			"127.0.0.1.attacker.test", "localhost..", "1.2.3.4.5", "127.1", "300.1.1.1", "probe.default",
			"a.svc.attacker.test", "xsvc.test", "example.org", "a.probe.example.org", "xprobe.example.org",
			"probes.example", "xprobes.example", "probe.example.org.attacker.test", "[::1", "::1", "[attacker.test]",
			"[::1]attacker.test", "localhost:8080.attacker.test", "localhost:a", "localhost@attacker.test",
			"attacker.test/localhost", "local host", "localhost, attacker.test", "[fe80::1%25eth0]"})
	void othersAreNot(String host) {
		assertThat(this.hosts.allows(host)).isFalse();
	}

	@Test
	void noHostIsNotAllowed() {
		assertThat(this.hosts.allows(null)).isFalse();
	}

}
