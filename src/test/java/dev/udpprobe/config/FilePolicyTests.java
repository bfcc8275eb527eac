package dev.udpprobe.config;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.net.IpVersion;
import dev.udpprobe.server.UdpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the client may send to what files name.
 */
class FilePolicyTests {

	private static final List<HostAndPort> OF_FILES = List.of(HostAndPort.of("192.0.2.1:53"),
			HostAndPort.of("a.example:1"));

	private static boolean allows(String target, String... arguments) {
		try (ConfigurableApplicationContext context = OnlyConfiguration.application().run(arguments)) {
			UdpProbeProperties properties = context.getBean(UdpProbeProperties.class);
			ConfiguredTargets configured = new TargetsConfiguration().configuredTargets(properties,
					properties.echo().settings(), context.getBeanProvider(UdpServer.class));
			assertThat(configured.hosts(OF_FILES)).contains("a.example");
			try (Resolver resolver = new TargetsConfiguration().resolver(properties)) {
				Targets targets = new Targets(List.of(), null, configured.policy(List.of()), resolver);
				targets.replace(List.of(), configured.policy(OF_FILES));
				var found = targets.destination(targets.target(target, 0), Duration.ofSeconds(20), IpVersion.ANY);
				return !found.isCompletedExceptionally()
						|| !(found.exceptionNow() instanceof ForbiddenTargetException);
			}
		}
	}

	@Test
	void withoutRulesTheyAreAllowedOnTheirPortsBesideWhatIsConfigured() {
		String[] configured = {"--udp-probe.targets[0].name=b", "--udp-probe.targets[0].address=192.0.2.2:7"};
		assertThat(allows("192.0.2.1:53", configured)).isTrue();
		assertThat(allows("192.0.2.2:7", configured)).isTrue();
		assertThat(allows("192.0.2.1:54", configured)).isFalse();
	}

	@Test
	void rulesAloneCountWhereThereAreAny() {
		assertThat(allows("192.0.2.1:53", "--udp-probe.client.allowed-targets=10.0.0.0/8")).isFalse();
		assertThat(allows("10.0.0.1:53", "--udp-probe.client.allowed-targets=10.0.0.0/8")).isTrue();
	}

}
