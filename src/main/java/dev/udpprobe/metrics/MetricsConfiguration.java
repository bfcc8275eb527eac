package dev.udpprobe.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.udpprobe.destination.Targets;
import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.server.EchoStatus;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	EchoMeters echoMeters(EchoCounts counts, Sessions sessions, ObjectProvider<EchoStatus> echoStatus) {
		return new EchoMeters(counts, sessions, echoStatus.getIfAvailable());
	}

	@Bean
	ClientMeters clientMeters(MeterRegistry registry, ExchangeEngine engine, Targets targets) {
		return new ClientMeters(registry, engine, targets.all());
	}

}
