package dev.udpprobe.config;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Sessions;

@Configuration(proxyBeanMethods = false)
class EchoConfiguration {

	@Bean
	EchoSettings echoSettings(UdpProbeProperties properties) {
		return properties.echo().settings();
	}

	@Bean
	EchoCounts echoCounts() {
		return new EchoCounts();
	}

	@Bean
	Sessions sessions(EchoSettings settings, EchoCounts counts) {
		return new Sessions(settings.maxSessions(), settings.sessionIdle(), counts);
	}

}
