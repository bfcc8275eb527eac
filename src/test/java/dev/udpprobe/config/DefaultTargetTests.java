package dev.udpprobe.config;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.net.IpVersion;
import dev.udpprobe.server.UdpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A default target that no name has.
 */
class DefaultTargetTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Test
	void byDefaultItIsAllowedOnItsPort() {
		try (ConfigurableApplicationContext context = OnlyConfiguration.application()
				.run("--udp-probe.client.target=192.0.2.1:53")) {
			UdpProbeProperties properties = context.getBean(UdpProbeProperties.class);
			TargetPolicy policy = new TargetsConfiguration().configuredTargets(properties,
					properties.echo().settings(), context.getBeanProvider(UdpServer.class)).policy(List.of());
			try (Resolver resolver = new TargetsConfiguration().resolver(properties)) {
				Targets targets = new Targets(List.of(), properties.client().target(), policy, resolver);
				assertThat(targets.destination(targets.target(null, 0), TIMEOUT, IpVersion.ANY)).isCompleted();
				assertThat(
						targets.destination(targets.target("192.0.2.1:54", 0), TIMEOUT, IpVersion.ANY).exceptionNow())
						.isInstanceOf(ForbiddenTargetException.class);
			}
		}
	}

	@Test
	void itsNameAndThoseThatMayBeSentToAreNamesOfTheConfiguration() {
		try (ConfigurableApplicationContext context = OnlyConfiguration.application()
				.run("--udp-probe.client.target=a.example:53", "--udp-probe.targets[0].name=b",
						"--udp-probe.targets[0].address=b.example:53",
						"--udp-probe.client.allowed-targets=10.0.0.0/8,c.example:1-65535")) {
			assertThat(context.getBean(UdpProbeProperties.class).hosts()).containsExactlyInAnyOrder("a.example",
					"b.example", "c.example");
		}
	}

}
