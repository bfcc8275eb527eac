package dev.udpprobe.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.udpprobe.destination.Targets;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.module.Reloading;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.TargetFiles;
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

	/**
	 * Without Prometheus' registry there is nobody to collect for.
	 */
	@Bean
	MonitorCollector monitorCollector(Monitor monitor, TargetFiles files,
			ObjectProvider<PrometheusRegistry> registry) {
		MonitorCollector collector = new MonitorCollector(monitor, files);
		registry.ifAvailable((prometheus) -> prometheus.register(collector));
		return collector;
	}

	@Bean
	ClientMeters clientMeters(MeterRegistry registry, ExchangeEngine engine, Targets targets) {
		return new ClientMeters(registry, engine, targets.configured());
	}

}
