package dev.udpprobe.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.GuardSettings;
import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of values that are taken, and of none.
 */
@ReadsLog
class ConfigurationTests {

	@Test
	void withoutConfigurationTheDefaultsHold() {
		try (ConfigurableApplicationContext context = OnlyConfiguration.application().run()) {
			assertThat(context.getBean(UdpProbeProperties.class)).usingRecursiveComparison().isEqualTo(
					new UdpProbeProperties(
							new EchoProperties(true, List.of(), 7007, "Hi, ", "goodbye", EchoMode.SHARED,
									Duration.ofMinutes(5),
									10_000,
									DataSize.ofBytes(0), Transport.AUTO, 1, false, null, null,
									new GuardProperties(List.of(),
											IntStream
													.of(7, 11, 13, 17, 19, 37, 53, 67, 69, 111, 123, 137, 138, 161, 389,
															520)
													.mapToObj((port) -> new PortRange[]{PortRange.of(port)})
													.toList(),
											true, 20_000, DataSize.ofMegabytes(25), 0, DataSize.ofBytes(0))),
							new ClientProperties(null, Duration.ofSeconds(1), Duration.ofSeconds(10), 1_000, 1, 20_000,
									Duration.ofSeconds(30), Duration.ofSeconds(1), List.of()),
							new HttpProperties(List.of(), List.of(), null),
							new SecurityProperties(List.of(), null, false, 0, 0, false),
							new MonitorProperties(Duration.ofSeconds(10), 10_000, false),
							List.of(), Map.of(), List.of(), List.of()));
		}
	}

	@ParameterizedTest
	@CsvSource({"allowed-sources, ''", "denied-source-ports, ''"})
	void anEmptyListOfTheGuardIsEmpty(String key, String value) {
		try (ConfigurableApplicationContext context = OnlyConfiguration.application()
				.run("--udp-probe.echo.guard.%s=%s".formatted(key, value))) {
			GuardSettings guard = context.getBean(UdpProbeProperties.class).echo().guard().settings();
			assertThat(guard.allowedSources()).isEmpty();
			assertThat(guard.deniedSourcePorts()).hasSize(key.startsWith("denied") ? 0 : 16);
		}
	}

	@ParameterizedTest
	@CsvSource({"echo.guard.allowed-sources, 10.0.0.0/8", "echo.guard.denied-source-ports, 53-60",
			"client.allowed-targets, 10.0.0.0/8", "http.allowed-hosts, a.example"})
	void aBlankEntryOfAListIsNone(String key, String entry) {
		String name = "--udp-probe." + key;
		for (String[] args : new String[][]{{"%s=, %s, ,".formatted(name, entry)},
				{name + "[0]=", "%s[1]= %s ".formatted(name, entry), name + "[2]="}}) {
			try (ConfigurableApplicationContext context = OnlyConfiguration.application().run(args)) {
				UdpProbeProperties properties = context.getBean(UdpProbeProperties.class);
				GuardSettings guard = properties.echo().guard().settings();
				Map<String, List<?>> lists = Map.of("client.allowed-targets", properties.client().rules(),
						"http.allowed-hosts", properties.http().rules(), "echo.guard.allowed-sources",
						guard.allowedSources(), "echo.guard.denied-source-ports", guard.deniedSourcePorts());
				assertThat(lists.get(key)).hasSize(1);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"denied-source-ports", "denied-source-ports[0]"})
	void aPortMayBeANumber(String key) {
		Map<String, Object> number = Map.of("udp-probe.echo.guard." + key, 7);
		try (ConfigurableApplicationContext context = OnlyConfiguration.application().properties(number).run()) {
			assertThat(context.getBean(UdpProbeProperties.class).echo().guard().settings().deniedSourcePorts())
					.containsExactly(new PortRange(7, 7));
		}
	}

	@Test
	void theGuardTakesWhatIsConfigured() {
		String prefix = "--udp-probe.echo.guard.";
		try (ConfigurableApplicationContext context = OnlyConfiguration.application().run(
				prefix + "allowed-sources=10.0.0.0/8, ::1",
				prefix + "denied-source-ports=7,53-60", prefix + "break-alternation=false",
				prefix + "source-datagrams-per-second=1",
				prefix + "source-bytes-per-second=2", prefix + "total-datagrams-per-second=3",
				prefix + "total-bytes-per-second=4KB")) {
			assertThat(context.getBean(UdpProbeProperties.class).echo().guard().settings())
					.isEqualTo(new GuardSettings(List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("::1")),
							List.of(new PortRange(7, 7), new PortRange(53, 60)), false, new RateLimit(1, 2),
							new RateLimit(3, 4_096)));
		}
	}

	@Test
	void everyKeyIsAnEnvironmentVariableToo(CapturedOutput output) {
		Map<String, Object> variables = Map.of("UDPPROBE_ECHO_SESSIONIDLE", "30s", "UDPPROBE_CLIENT_ALLOWEDTARGETS",
				"10.0.0.0/8,dns.example:53", "UDPPROBE_TARGETS_0_NAME", "dns", "UDPPROBE_TARGETS_0_ADDRESS",
				"dns.example:53");
		try (ConfigurableApplicationContext context = OnlyConfiguration.application()
				.environment(environment(variables)).run()) {
			UdpProbeProperties properties = context.getBean(UdpProbeProperties.class);
			assertThat(properties.echo().sessionIdle()).isEqualTo(Duration.ofSeconds(30));
			assertThat(properties.client().rules()).containsExactly(TargetRule.of("10.0.0.0/8"),
					TargetRule.of("dns.example:53"));
			assertThat(properties.targets())
					.containsExactly(
							new TargetProperties("dns", HostAndPort.of("dns.example:53"), null, null, Map.of(), null,
									null, 1, 2, null, Map.of()));
		}
		Map<String, Object> wrong = Map.of("UDPPROBE_ECHO_PORT", "echo");
		OnlyConfiguration.assertFails(output, OnlyConfiguration.application().environment(environment(wrong))).contains(
				"udp-probe.echo.port=echo",
				"UDPPROBE_ECHO_PORT", "0 to 65535");
	}

	private static StandardEnvironment environment(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
		return environment;
	}

}
