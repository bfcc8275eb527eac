package dev.udpprobe.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;

import dev.udpprobe.testing.ReadsLog;

/**
 * A wrong value stops the start with a sentence that says which key has it, and what it
 * takes.
 */
@ReadsLog
class WrongValueTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			echo.enabled            | perhaps       | true or false
			echo.address            | localhost     | an IP address; it takes one of this host
			echo.address            | 300.1.1.1     | an IP address; it takes one of this host
			echo.address            | 127.1         | an IP address; it takes one of this host
			echo.address            | 0.0.0.0,127.0.0.1   | no other beside one that means all
			echo.address            | 127.0.0.1,127.0.0.1 | each address once
			echo.transport          | fast          | native (Linux's own calls
			echo.sockets            | 0             | 1 to 64
			echo.sockets            | 65            | 1 to 64
			echo.port               | -1            | 0 to 65535
			echo.port               | 65536         | 0 to 65535
			echo.port               | echo          | 0 to 65535
			echo.mode               | both          | shared (all peers at once) or exclusive
			echo.session-idle       | 0s            | 1ms to
			echo.session-idle       | -1s           | 1ms to
			echo.session-idle       | 90000s        | 1ms to
			echo.session-idle       | soon          | 1ms to
			echo.max-sessions       | 0             | 1 to 1000000
			echo.max-sessions       | 1000001       | 1 to 1000000
			echo.max-sessions       | many          | 1 to 1000000
			echo.receive-buffer     | -1            | 0 to 1073741824
			echo.receive-buffer     | 1073741825    | 0 to 1073741824
			echo.receive-buffer     | big           | 0 (the operating system's default) to 1GB
			echo.integration-meters | some          | true or false
			echo.guard.source-datagrams-per-second | -1       | 0 to 10000000
			echo.guard.source-datagrams-per-second | 10000001 | 0 to 10000000
			echo.guard.source-datagrams-per-second | many     | 1 to 10000000, or 0 for no limit
			echo.guard.source-bytes-per-second | -1          | 0 to 10737418240
			echo.guard.source-bytes-per-second | 10737418241  | 0 to 10737418240
			echo.guard.source-bytes-per-second | many        | 1B to 10GB, or 0 for no limit
			echo.guard.total-datagrams-per-second | -1       | 0 to 10000000
			echo.guard.total-datagrams-per-second | 10000001 | 0 to 10000000
			echo.guard.total-bytes-per-second | -1           | 0 to 10737418240
			echo.guard.total-bytes-per-second | 10737418241  | 0 to 10737418240
			echo.guard.allowed-sources | localhost           | an IP address or a CIDR block
			echo.guard.allowed-sources | 10.0.0.0/33         | 0 to 32
			echo.guard.denied-source-ports | 0               | 1 to 65535
			echo.guard.denied-source-ports | 65536           | 1 to 65535
			echo.guard.denied-source-ports | echo            | a port or a range from-to
			echo.guard.denied-source-ports | 9-7             | 1 to 65535
			security.everybody      | all           | a list of view, ask and manage
			security.requests-per-second | -1       | 0 to 1000000
			security.requests-at-once | 1000001     | 0 to 1000000
			security.open-metrics   | perhaps       | Whether everybody may read the metrics
			http.trusted-proxies    | proxy         | an IP address or a CIDR block
			client.target           | nobody        | a configured name (echo) or host:port
			client.target           | localhost     | a configured name (echo) or host:port
			client.target           | localhost:0   | a configured name (echo) or host:port
			client.timeout          | 0s            | 1ms to 10s
			client.timeout          | -5s           | 1ms to 10s
			client.timeout          | 11s           | 1ms to 10s
			client.timeout          | soon          | 1ms to
			client.max-timeout      | 0s            | 1ms to
			client.max-timeout      | 601s          | 1ms to
			client.max-timeout      | long          | 1ms to
			client.max-in-flight    | 0             | 1 to 20000
			client.max-in-flight    | 20001         | 1 to 20000
			client.max-in-flight    | 1e3           | 1 to 20000
			client.loops            | 0             | 1 to 64
			client.loops            | 65            | 1 to 64
			client.destination-datagrams-per-second | -1       | 0 to 10000000
			client.destination-datagrams-per-second | 10000001 | 0 to 10000000
			client.destination-datagrams-per-second | many     | 1 to 10000000, or 0 for no limit
			client.name-ttl         | -1s           | 0s to 86400s
			client.name-ttl         | 86401s        | 0s to 86400s
			client.name-ttl         | soon          | 0s
			client.name-failure-ttl | -1s           | 0s to 86400s
			client.name-failure-ttl | 86401s        | 0s to 86400s
			client.name-failure-ttl | soon          | 0s
			client.allowed-targets  | 10.0.0.0      | CIDR, CIDR:port, host:port or host:from-to
			client.allowed-targets  | dns.example   | CIDR, CIDR:port, host:port or host:from-to
			http.allowed-hosts      | a.example:80  | a host name, or *. and a host name
			http.allowed-hosts      | 10.0.0.1      | a host name, or *. and a host name
			http.allowed-hosts      | a..example    | a host name, or *. and a host name
			http.allowed-hosts      | *             | a host name, or *. and a host name
			http.allowed-hosts      | a.*.example   | a host name, or *. and a host name
			http.allowed-hosts      | http://a.example | a host name, or *. and a host name
			""")
	void aWrongValueIsAnsweredWithItsKeyAndWhatThatTakes(String key, String value, String takes,
			CapturedOutput output) {
		OnlyConfiguration.assertFails(output, "--udp-probe.%s=%s".formatted(key, value)).contains("udp-probe." + key,
				value, takes);
	}

	@ParameterizedTest
	@CsvSource({"10.0.0.0/33, 0 to 32", "10.0.0.0/8:0, 1 to 65535", "10.0.0.0/8:55-53, 1 to 65535",
			"dns.example:65536, 1 to 65535", "300.0.0.0/8, not an IP address"})
	void aWrongRuleIsFoundAmongMany(String rule, String takes, CapturedOutput output) {
		OnlyConfiguration
				.assertFails(output, "--udp-probe.client.allowed-targets=192.0.2.0/24,%s,localhost:53".formatted(rule))
				.contains("udp-probe.client.allowed-targets", "'" + rule + "'", takes);
	}

	@ParameterizedTest
	@CsvSource({"echo.greeting, 0, 1025", "echo.farewell, 1, 1025", "echo.farewell, 1, 0"})
	void aTextOfAWrongLengthIsAnsweredWithItsKeyAndWhatThatTakes(String key, int least, int length,
			CapturedOutput output) {
		OnlyConfiguration.assertFails(output, "--udp-probe.%s=%s".formatted(key, "x".repeat(length))).contains(
				"udp-probe." + key,
				"'%d'".formatted(length), "%d to 1024".formatted(least));
	}

	@ParameterizedTest
	@CsvSource({"sockets, 2, 1 in mode exclusive", "address, '127.0.0.1,127.0.0.2', one address in mode exclusive"})
	void theExclusiveServerHasOneSocket(String key, String value, String takes, CapturedOutput output) {
		OnlyConfiguration
				.assertFails(output, "--udp-probe.echo.mode=exclusive", "--udp-probe.echo.%s=%s".formatted(key, value))
				.contains("udp-probe.echo." + key, value, takes);
	}

	@ParameterizedTest
	@CsvSource({"client.timeout, 300000d", "client.max-timeout, 300000d", "echo.session-idle, 300000d",
			"client.timeout, -300000d"})
	void evenADurationOfCenturiesIsAnsweredWithItsKey(String key, String value, CapturedOutput output) {
		OnlyConfiguration.assertFails(output, "--udp-probe.%s=%s".formatted(key, value)).contains("udp-probe." + key,
				"1ms to");
	}

	@Test
	void theDefaultTargetMayNotBeAnEchoServerThatIsSwitchedOff(CapturedOutput output) {
		OnlyConfiguration.assertFails(output, "--udp-probe.echo.enabled=false", "--udp-probe.client.target=echo")
				.contains("udp-probe.client.target", "'echo'", "host:port")
				.doesNotContain("()");
	}

	@ParameterizedTest
	@CsvSource({"echo.prot", "client.allowed-target", "target", "targets[0].adress", "echo.port.number",
			"echo.address[0].address"})
	void aKeyThatThereIsNotIsNamed(String key, CapturedOutput output) {
		OnlyConfiguration
				.assertFails(output, "--udp-probe.targets[0].name=dns", "--udp-probe.targets[0].address=192.0.2.1:53",
						"--udp-probe.%s=1".formatted(key))
				.contains("udp-probe." + key, "no such configuration key");
	}

}
