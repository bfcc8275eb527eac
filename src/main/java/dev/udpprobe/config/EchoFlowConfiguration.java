package dev.udpprobe.config;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.FixedSubscriberChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.config.EnableIntegrationManagement;

import dev.udpprobe.echo.EchoHandler;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.server.HandlerActivator;
import dev.udpprobe.server.InboundAdapter;
import dev.udpprobe.server.OutboundAdapter;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.ServerHealthIndicator;
import dev.udpprobe.server.UdpServer;

/**
 * The flow: inbound adapter, {@code echoDatagrams}, activator, {@code echoReplies},
 * outbound adapter. Both channels call their one subscriber in the caller's thread.
 */
@Configuration(proxyBeanMethods = false)
public class EchoFlowConfiguration {

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	@ConditionalOnBooleanProperty(name = "udp-probe.echo.enabled", matchIfMissing = true)
	static class Enabled {

		@Bean
		EchoHandler echoHandler(EchoSettings settings, Guard guard, Sessions sessions) {
			return new EchoHandler(settings, guard, sessions);
		}

		@Bean
		UdpServer echoServer(EchoSettings settings, EchoHandler echoHandler, ServerCounts echoCounts) {
			return new UdpServer(settings.server(), echoHandler, echoCounts);
		}

		@Bean
		InboundAdapter echoInbound(UdpServer echoServer) {
			InboundAdapter adapter = new InboundAdapter(echoServer);
			adapter.setOutputChannelName("echoDatagrams");
			return adapter;
		}

		@Bean
		FixedSubscriberChannel echoDatagrams(HandlerActivator echoActivator) {
			return new FixedSubscriberChannel(echoActivator);
		}

		@Bean
		HandlerActivator echoActivator(EchoHandler echoHandler, FixedSubscriberChannel echoReplies) {
			return new HandlerActivator(echoHandler, echoReplies);
		}

		@Bean
		FixedSubscriberChannel echoReplies(OutboundAdapter echoOutbound) {
			return new FixedSubscriberChannel(echoOutbound);
		}

		@Bean
		OutboundAdapter echoOutbound() {
			return new OutboundAdapter();
		}

		@Bean
		HealthIndicator echoHealthIndicator(UdpServer echoServer) {
			return new ServerHealthIndicator(echoServer);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "udp-probe.echo.enabled", havingValue = false)
	static class Disabled {

		@Bean
		HealthIndicator echoHealthIndicator() {
			return () -> Health.unknown().withDetail("enabled", false).build();
		}

	}

	/**
	 * Spring Integration's own meters time every message at every component. They cost more
	 * than the echo itself, so they are off unless asked for.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableIntegrationManagement
	@ConditionalOnBooleanProperty(name = "udp-probe.echo.enabled", matchIfMissing = true)
	@ConditionalOnBooleanProperty("udp-probe.echo.integration-meters")
	static class Metered {

	}

}
