package dev.udpprobe.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.server.EchoKernelDrops;
import dev.udpprobe.server.EchoListening;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.destination.Targets;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	EchoMeters echoMeters(EchoCounts counts, Sessions sessions, ObjectProvider<EchoKernelDrops> kernelDrops,
			ObjectProvider<EchoListening> echoListening) {
		return new EchoMeters(counts, sessions, kernelDrops.getIfAvailable(() -> () -> 0),
				echoListening.getIfAvailable());
	}

	@Bean
	ClientMeters clientMeters(MeterRegistry registry, ExchangeEngine engine, Targets targets) {
		return new ClientMeters(registry, engine, targets.names());
	}

}
