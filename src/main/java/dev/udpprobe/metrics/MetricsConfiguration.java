package dev.udpprobe.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.udpprobe.destination.Targets;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.module.Reloading;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.UdpServer;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	EchoMeters echoMeters(ServerCounts echoCounts, Sessions sessions, ObjectProvider<UdpServer> echoServer) {
		return new EchoMeters(echoCounts, sessions, echoServer.getIfAvailable());
	}

	@Bean
	ProbeMeters probeMeters(MeterRegistry registry, Reloading modules) {
		return new ProbeMeters(registry, modules);
	}

	@Bean
	ClientMeters clientMeters(MeterRegistry registry, ExchangeEngine engine, Targets targets) {
		return new ClientMeters(registry, engine, targets.configured());
	}

}
