package dev.udpprobe.server;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.FixedSubscriberChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.config.EnableIntegrationManagement;

import dev.udpprobe.auth.Verifier;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoResponder;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.Sessions;

/**
 * The flow: inbound adapter, {@code echoDatagrams}, responder, {@code echoReplies},
 * outbound adapter. Both channels call their one subscriber in the caller's thread.
 */
@Configuration(proxyBeanMethods = false)
class EchoFlowConfiguration {

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	@ConditionalOnBooleanProperty(name = "udp-probe.echo.enabled", matchIfMissing = true)
	static class Enabled {

		@Bean
		EchoServer echoServer(EchoSettings settings, Sessions sessions, EchoCounts counts, Guard guard) {
			return new EchoServer(settings, sessions, counts, guard);
		}

		@Bean
		InboundAdapter echoInbound(EchoServer echoServer) {
			InboundAdapter adapter = new InboundAdapter(echoServer);
			adapter.setOutputChannelName("echoDatagrams");
			return adapter;
		}

		@Bean
		FixedSubscriberChannel echoDatagrams(EchoResponderHandler echoResponderHandler) {
			return new FixedSubscriberChannel(echoResponderHandler);
		}

		@Bean
		EchoResponderHandler echoResponderHandler(EchoSettings settings, Sessions sessions, EchoCounts counts,
				Guard guard, FixedSubscriberChannel echoReplies) {
			Verifier verifier = settings.keys().isEmpty() ? null : new Verifier(settings.keys());
			EchoResponder responder = new EchoResponder(guard, settings.farewell(), verifier, sessions, counts);
			return new EchoResponderHandler(responder, echoReplies);
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
		HealthIndicator echoHealthIndicator(EchoServer echoServer) {
			return new EchoHealthIndicator(echoServer);
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
