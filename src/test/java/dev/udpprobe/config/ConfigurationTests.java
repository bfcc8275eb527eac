package dev.udpprobe.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.server.Transport;
import dev.udpprobe.echo.GuardSettings;
import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.RateLimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A wrong value stops the start with a sentence that says which key has it, and what it
 * takes. Only the configuration is started, as the real application would.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationTests {

	@EnableConfigurationProperties(UdpProbeProperties.class)
	static class OnlyConfiguration {}

	static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(OnlyConfiguration.class).web(WebApplicationType.NONE);
	}

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
			""")
	void aWrongValueIsAnsweredWithItsKeyAndWhatThatTakes(String key, String value, String takes,
			CapturedOutput output) {
		assertFails(output, "--udp-probe.%s=%s".formatted(key, value)).contains("udp-probe." + key, value, takes);
	}

	@ParameterizedTest
	@CsvSource({"10.0.0.0/33, 0 to 32", "10.0.0.0/8:0, 1 to 65535", "10.0.0.0/8:55-53, 1 to 65535",
			"dns.example:65536, 1 to 65535", "300.0.0.0/8, not an IP address"})
	void aWrongRuleIsFoundAmongMany(String rule, String takes, CapturedOutput output) {
		assertFails(output, "--udp-probe.client.allowed-targets=192.0.2.0/24,%s,localhost:53".formatted(rule))
				.contains("udp-probe.client.allowed-targets", "'" + rule + "'", takes);
	}

	@ParameterizedTest
	@CsvSource({"echo.greeting, 0, 1025", "echo.farewell, 1, 1025", "echo.farewell, 1, 0"})
	void aTextOfAWrongLengthIsAnsweredWithItsKeyAndWhatThatTakes(String key, int least, int length,
			CapturedOutput output) {
		assertFails(output, "--udp-probe.%s=%s".formatted(key, "x".repeat(length))).contains("udp-probe." + key,
				"'%d'".formatted(length), "%d to 1024".formatted(least));
	}

	@ParameterizedTest
	@CsvSource({"sockets, 2, 1 in mode exclusive", "address, '127.0.0.1,127.0.0.2', one address in mode exclusive"})
	void theExclusiveServerHasOneSocket(String key, String value, String takes, CapturedOutput output) {
		assertFails(output, "--udp-probe.echo.mode=exclusive", "--udp-probe.echo.%s=%s".formatted(key, value))
				.contains("udp-probe.echo." + key, value, takes);
	}

	@ParameterizedTest
	@CsvSource({"client.timeout, 300000d", "client.max-timeout, 300000d", "echo.session-idle, 300000d",
			"client.timeout, -300000d"})
	void evenADurationOfCenturiesIsAnsweredWithItsKey(String key, String value, CapturedOutput output) {
		assertFails(output, "--udp-probe.%s=%s".formatted(key, value)).contains("udp-probe." + key, "1ms to");
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "Dns", "a b", "-a", "a.", "größe", "echo", "ad-hoc",
			"a234567890123456789012345678901234567890123456789012345678901234"})
	void aWrongNameOfATargetIsAnsweredWithWhatNamesAre(String name, CapturedOutput output) {
		assertFails(output, target(0, name, "localhost:53")).contains("udp-probe.targets[", "].name",
				"'" + name + "'", "1 to 63 lower-case letters", "neither echo nor ad-hoc");
	}

	@ParameterizedTest
	@CsvSource({"'', is not host:port", "localhost, is not host:port", "localhost:0, port 0",
			"localhost:65536, port 65536", "300.1.1.1:53, is neither an IP address nor a host name",
			"::1:53, is not host:port"})
	void aWrongAddressOfATargetIsAnsweredWithItsKeyAndWhatIsWrong(String address, String wrong,
			CapturedOutput output) {
		assertFails(output, target(0, "dns", address)).contains("udp-probe.targets[0].address=" + address,
				"'%s'".formatted(address), wrong);
	}

	@Test
	void aTargetNeedsANameAndAnAddress(CapturedOutput output) {
		assertFails(output, "--udp-probe.targets[0].name=dns").contains("].address of 'dns'", HostAndPort.TAKES);
		assertFails(output, "--udp-probe.targets[0].address=localhost:53").contains("].name");
	}

	@Test
	void twoTargetsOfOneNameAreAnsweredWithIt(CapturedOutput output) {
		String[] both = Stream.of(target(0, "dns", "192.0.2.1:53"), target(1, "dns", "192.0.2.2:53"))
				.flatMap(Arrays::stream)
				.toArray(String[]::new);
		assertFails(output, both).contains("udp-probe.targets[", "].name", "'dns'", "a name that no other target has");
	}

	@Test
	void theDefaultTargetMayNotBeAnEchoServerThatIsSwitchedOff(CapturedOutput output) {
		assertFails(output, "--udp-probe.echo.enabled=false", "--udp-probe.client.target=echo")
				.contains("udp-probe.client.target", "'echo'", "host:port")
				.doesNotContain("()");
	}

	@ParameterizedTest
	@CsvSource({"echo.prot", "client.allowed-target", "target", "targets[0].adress", "echo.port.number",
			"echo.address[0].address"})
	void aKeyThatThereIsNotIsNamed(String key, CapturedOutput output) {
		assertFails(output, "--udp-probe.targets[0].name=dns", "--udp-probe.targets[0].address=192.0.2.1:53",
				"--udp-probe.%s=1".formatted(key)).contains("udp-probe." + key, "no such configuration key");
	}

	@Test
	void withoutConfigurationTheDefaultsHold() {
		try (ConfigurableApplicationContext context = application().run()) {
			assertThat(context.getBean(UdpProbeProperties.class)).usingRecursiveComparison().isEqualTo(
					new UdpProbeProperties(
							new EchoProperties(true, List.of(), 7007, "Hi, ", "goodbye", EchoMode.SHARED,
									Duration.ofMinutes(5),
									10_000,
									DataSize.ofBytes(0), Transport.AUTO, 1, false, null, null,
									new GuardProperties(List.of(),
											IntStream.of(7, 11, 13, 17, 19, 37, 53, 69, 111, 123, 137, 161, 389, 520)
													.mapToObj((port) -> new PortRange[]{PortRange.of(port)})
													.toList(),
											20_000, DataSize.ofMegabytes(25), 0, DataSize.ofBytes(0))),
							new ClientProperties(null, Duration.ofSeconds(1), Duration.ofSeconds(10), 1_000, 1, 20_000,
									Duration.ofSeconds(30), Duration.ofSeconds(1), List.of()),
							List.of()));
		}
	}

	@ParameterizedTest
	@CsvSource({"allowed-sources, ''", "denied-source-ports, ''"})
	void anEmptyListOfTheGuardIsEmpty(String key, String value) {
		try (ConfigurableApplicationContext context = application()
				.run("--udp-probe.echo.guard.%s=%s".formatted(key, value))) {
			GuardSettings guard = context.getBean(UdpProbeProperties.class).echo().guard().settings();
			assertThat(guard.allowedSources()).isEmpty();
			assertThat(guard.deniedSourcePorts()).hasSize(key.startsWith("denied") ? 0 : 14);
		}
	}

	@ParameterizedTest
	@CsvSource({"echo.guard.allowed-sources, 10.0.0.0/8", "echo.guard.denied-source-ports, 53-60",
			"client.allowed-targets, 10.0.0.0/8"})
	void aBlankEntryOfAListIsNone(String key, String entry) {
		String name = "--udp-probe." + key;
		for (String[] args : new String[][]{{"%s=, %s, ,".formatted(name, entry)},
				{name + "[0]=", "%s[1]= %s ".formatted(name, entry), name + "[2]="}}) {
			try (ConfigurableApplicationContext context = application().run(args)) {
				UdpProbeProperties properties = context.getBean(UdpProbeProperties.class);
				GuardSettings guard = properties.echo().guard().settings();
				assertThat(key.startsWith("client")
						? properties.client().rules()
						: key.endsWith("sources") ? guard.allowedSources() : guard.deniedSourcePorts()).hasSize(1);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"denied-source-ports", "denied-source-ports[0]"})
	void aPortMayBeANumber(String key) {
		Map<String, Object> number = Map.of("udp-probe.echo.guard." + key, 7);
		try (ConfigurableApplicationContext context = application().properties(number).run()) {
			assertThat(context.getBean(UdpProbeProperties.class).echo().guard().settings().deniedSourcePorts())
					.containsExactly(new PortRange(7, 7));
		}
	}

	@Test
	void theGuardTakesWhatIsConfigured() {
		String prefix = "--udp-probe.echo.guard.";
		try (ConfigurableApplicationContext context = application().run(prefix + "allowed-sources=10.0.0.0/8, ::1",
				prefix + "denied-source-ports=7,53-60", prefix + "source-datagrams-per-second=1",
				prefix + "source-bytes-per-second=2", prefix + "total-datagrams-per-second=3",
				prefix + "total-bytes-per-second=4KB")) {
			assertThat(context.getBean(UdpProbeProperties.class).echo().guard().settings())
					.isEqualTo(new GuardSettings(List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("::1")),
							List.of(new PortRange(7, 7), new PortRange(53, 60)), new RateLimit(1, 2),
							new RateLimit(3, 4_096)));
		}
	}

	@Test
	void everyKeyIsAnEnvironmentVariableToo(CapturedOutput output) {
		Map<String, Object> variables = Map.of("UDPPROBE_ECHO_SESSIONIDLE", "30s", "UDPPROBE_CLIENT_ALLOWEDTARGETS",
				"10.0.0.0/8,dns.example:53", "UDPPROBE_TARGETS_0_NAME", "dns", "UDPPROBE_TARGETS_0_ADDRESS",
				"dns.example:53");
		try (ConfigurableApplicationContext context = application().environment(environment(variables)).run()) {
			UdpProbeProperties properties = context.getBean(UdpProbeProperties.class);
			assertThat(properties.echo().sessionIdle()).isEqualTo(Duration.ofSeconds(30));
			assertThat(properties.client().rules()).containsExactly(TargetRule.of("10.0.0.0/8"),
					TargetRule.of("dns.example:53"));
			assertThat(properties.targets())
					.containsExactly(new TargetProperties("dns", HostAndPort.of("dns.example:53"), null));
		}
		Map<String, Object> wrong = Map.of("UDPPROBE_ECHO_PORT", "echo");
		assertFails(output, application().environment(environment(wrong))).contains("udp-probe.echo.port=echo",
				"UDPPROBE_ECHO_PORT", "0 to 65535");
	}

	private static StandardEnvironment environment(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
		return environment;
	}

	static AbstractStringAssert<?> assertFails(CapturedOutput output, String... args) {
		return assertFails(output, application(), args);
	}

	private static AbstractStringAssert<?> assertFails(CapturedOutput output, SpringApplicationBuilder application,
			String... args) {
		int before = output.getAll().length();
		assertThatException().isThrownBy(() -> application.run(args).close());
		String said = output.getAll().substring(before);
		assertThat(said).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
		return assertThat(said.substring(said.indexOf("Description:"))).contains("Correct the configuration.");
	}

	private static String[] target(int index, String name, String address) {
		return new String[]{"--udp-probe.targets[%d].name=%s".formatted(index, name),
				"--udp-probe.targets[%d].address=%s".formatted(index, address)};
	}

}
