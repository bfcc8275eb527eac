package dev.udpprobe.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.unit.DataSize;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.chart.Chart;
import dev.udpprobe.chart.Rendered;
import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.GuardSettings;
import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.RateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application takes the file that the Helm chart mounts for it.
 */
class ChartConfigurationTests {

	private final Path directory;

	ChartConfigurationTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@ParameterizedTest
	@MethodSource("valueSets")
	void theConfigurationOfEverySetOfValuesIsTaken(List<String> values) throws IOException {
		UdpProbeProperties properties = bind(Chart.render(values.toArray(String[]::new)));
		assertThat(properties.echo().port()).isBetween(1, 65_535);
	}

	static List<List<String>> valueSets() throws IOException {
		return Chart.valueSets().stream().map(List::of).toList();
	}

	@Test
	void everyValueArrivesAsItWasWritten() throws IOException {
		Rendered rendered = Chart.render("--values", "helm/udp-probe/ci/config-values.yaml");
		assertThat(rendered.config().text("$.data['application.yaml']").lines()).contains("    max-sessions: 1000000");
		UdpProbeProperties properties = bind(rendered);
		EchoProperties echo = properties.echo();
		assertThat(echo.port()).isEqualTo(9999);
		assertThat(echo.greeting()).isEmpty();
		assertThat(echo.farewell()).isEqualTo("bye: \"now\"");
		assertThat(echo.mode()).isEqualTo(EchoMode.EXCLUSIVE);
		assertThat(echo.sessionIdle()).hasSeconds(30);
		assertThat(echo.maxSessions()).isEqualTo(1_000_000);
		assertThat(echo.receiveBuffer()).isEqualTo(DataSize.ofMegabytes(4));
		assertThat(echo.guard().settings()).isEqualTo(
				new GuardSettings(List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("2001:db8::/32")),
						List.of(PortRange.of("7"), PortRange.of("53-69")), false,
						new RateLimit(1_000, DataSize.ofMegabytes(2).toBytes()),
						new RateLimit(50_000, DataSize.ofMegabytes(100).toBytes())));
		ClientProperties client = properties.client();
		assertThat(client.timeout()).hasMillis(500);
		assertThat(client.maxTimeout()).hasSeconds(5);
		assertThat(client.maxInFlight()).isEqualTo(200);
		assertThat(client.loops()).isEqualTo(2);
		assertThat(client.destinationDatagramsPerSecond()).isEqualTo(5_000);
		assertThat(client.nameTtl()).hasMinutes(5);
		assertThat(client.nameFailureTtl()).isZero();
		assertThat(client.rules()).containsExactly(TargetRule.of("10.0.0.0/8"), TargetRule.of("192.0.2.7:53"),
				TargetRule.of("[2001:db8::/32]:1024-65535"), TargetRule.of("dns.example:53"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"echo.max-sessions=1", "echo.max-sessions=1000000", "echo.port=65535",
			"client.max-in-flight=1", "client.max-in-flight=20000", "client.destination-datagrams-per-second=0",
			"client.destination-datagrams-per-second=10000000", "echo.session-idle=1ms", "echo.session-idle=PT1H",
			"echo.receive-buffer=1073741824", "echo.receive-buffer=1GB", "echo.farewell=x", "echo.greeting=no",
			"echo.greeting=0123", "client.target=[::1]:53",
			"targets[0].name=a.b-c_1,config.targets[0].address=[::1]:1"})
	void aValueThatTheSchemaTakesIsTaken(String set) throws IOException {
		assertThat(bind(Chart.render("--set", "config." + set))).isNotNull();
	}

	@Test
	void aValueMayReferToTheEnvironment() throws IOException {
		Rendered rendered = Chart.render("--set",
				"""
						config.echo.greeting=${GREETING},config.echo.session-idle=${IDLE:9s},config.echo.receive-buffer=${BUFFER},\
						config.targets[0].name=a,config.targets[0].address=${ADDRESS}""");
		UdpProbeProperties properties = bind(rendered, "--GREETING=Hello ", "--BUFFER=2KB", "--ADDRESS=a.example:53");
		assertThat(properties.echo().greeting()).isEqualTo("Hello ");
		assertThat(properties.echo().sessionIdle()).hasSeconds(9);
		assertThat(properties.echo().receiveBuffer()).isEqualTo(DataSize.ofKilobytes(2));
		assertThat(properties.targets())
				.containsExactly(new TargetProperties("a", HostAndPort.of("a.example:53"), null, null, Map.of(), null,
						null, 1, 2, null, Map.of()));
	}

	@Test
	void aKeyComesFromTheEnvironmentAlone() throws IOException {
		Rendered rendered = Chart.render("--set",
				"config.echo.key=${ECHO_KEY},config.echo.second-key=${NEXT_KEY},"
						+ "config.targets[0].name=a,config.targets[0].address=a:1,config.targets[0].key=${KEY}");
		UdpProbeProperties properties = bind(rendered, "--ECHO_KEY=0123456789abcdef",
				"--NEXT_KEY=0123456789abcdefgh", "--KEY=0123456789abcdefg");
		assertThat(properties.echo().key()).isNotNull().returns(16, SharedKey::length);
		assertThat(properties.echo().secondKey()).isNotNull().returns(18, SharedKey::length);
		assertThat(properties.targets().getFirst().key()).isNotNull().returns(17, SharedKey::length);
		UdpProbeProperties overridden = bind(Chart.render(), "--udp-probe.echo.key=0123456789abcdef");
		assertThat(overridden.echo().key()).isNotNull();
		assertThat(overridden.targets()).isEmpty();
	}

	private UdpProbeProperties bind(Rendered rendered, String... arguments) throws IOException {
		Files.writeString(this.directory.resolve("application.yaml"),
				rendered.config().text("$.data['application.yaml']"));
		SpringApplicationBuilder application = new SpringApplicationBuilder(
				OnlyConfiguration.class).web(WebApplicationType.NONE)
				.properties("spring.config.additional-location=file:%s/".formatted(this.directory));
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			return context.getBean(UdpProbeProperties.class);
		}
	}

}
