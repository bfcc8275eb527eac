package dev.udpprobe.config;

import java.time.InstantSource;
import java.util.OptionalInt;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import dev.udpprobe.destination.Targets;
import dev.udpprobe.echo.EchoDrop;
import dev.udpprobe.echo.EchoHistory;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Guard;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.net.AllowedHosts;
import dev.udpprobe.module.Modules;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.probe.Addressing;
import dev.udpprobe.probe.ExchangeListener;
import dev.udpprobe.probe.PathProber;
import dev.udpprobe.probe.Pinger;
import dev.udpprobe.probe.ProbeHistory;
import dev.udpprobe.probe.ProbeListener;
import dev.udpprobe.probe.Prober;
import dev.udpprobe.probe.Questions;
import dev.udpprobe.probe.Sender;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.UdpServer;

/**
 * Makes the parts from what is configured, but for the echo server's flow, which
 * {@link EchoFlowConfiguration} makes, and the targets, which {@link TargetsConfiguration} makes.
 */
@Configuration(proxyBeanMethods = false)
class UdpProbeConfiguration {

	@Bean
	OptionalInt healthPort(UdpProbeProperties properties) {
		return properties.http().port();
	}

	@Bean
	EchoSettings echoSettings(UdpProbeProperties properties) {
		return properties.echo().settings();
	}

	@Bean
	ServerCounts echoCounts() {
		return new ServerCounts(EchoDrop.values());
	}

	@Bean
	Sessions sessions(EchoSettings settings, ServerCounts echoCounts) {
		return new Sessions(settings.maxSessions(), settings.sessionIdle(), echoCounts);
	}

	@Bean
	EchoHistory echoHistory(ServerCounts echoCounts, Sessions sessions, ObjectProvider<UdpServer> echoServer) {
		return new EchoHistory(echoCounts, sessions, echoServer.getIfAvailable());
	}

	@Bean
	EchoHistoryLifecycle echoHistoryLifecycle(EchoHistory history) {
		return new EchoHistoryLifecycle(history);
	}

	/**
	 * Lazy, because without an echo server nobody needs its memory.
	 */
	@Bean
	@Lazy
	Guard guard(UdpProbeProperties properties, EchoSettings settings) {
		return new Guard(properties.echo().guard().settings(), settings.greeting(), System.nanoTime());
	}

	@Bean
	KernelDetail kernelDetail() {
		return KernelDetail.find();
	}

	@Bean
	KernelDetailReport kernelDetailReport(KernelDetail kernelDetail) {
		return new KernelDetailReport(kernelDetail);
	}

	@Bean
	DestinationRates destinationRates(UdpProbeProperties properties) {
		return new DestinationRates(properties.client().destinationDatagramsPerSecond(), System.nanoTime());
	}

	@Bean
	ExchangeEngine exchangeEngine(UdpProbeProperties properties, KernelDetail kernelDetail, DestinationRates rates) {
		return new ExchangeEngine(properties.client().maxInFlight(), properties.client().loops(), kernelDetail, rates);
	}

	@Bean
	HealthIndicator clientHealthIndicator(ExchangeEngine engine) {
		return new ClientHealthIndicator(engine::isAlive);
	}

	@Bean
	ExchangeEngineLifecycle exchangeEngineLifecycle(ExchangeEngine engine) {
		return new ExchangeEngineLifecycle(engine);
	}

	/**
	 * Reads the modules, and looks at what configured targets ask.
	 */
	@Bean
	ModuleSources moduleSources(UdpProbeProperties properties, Environment environment) {
		return new ModuleSources(properties.modules(), properties.moduleFiles(), properties.targets(),
				properties.client().maxTimeout(), environment);
	}

	@Bean
	Modules modules(ModuleSources sources) {
		return sources.modules();
	}

	@Bean
	FileWatch fileWatch(ModuleSources modules, AccountSources accounts, TargetSources targets) {
		return new FileWatch(modules, accounts, targets);
	}

	@Bean
	Addressing addressing(UdpProbeProperties properties, Targets targets) {
		return new Addressing(targets, properties.client().timeout(), properties.client().maxTimeout());
	}

	@Bean
	Questions questions(Modules modules) {
		return new Questions(modules);
	}

	@Bean
	Sender sender(Questions questions, Addressing addressing, ExchangeEngine engine, ExchangeListener listener) {
		return new Sender(questions, addressing, engine, listener);
	}

	@Bean
	Monitor monitor(UdpProbeProperties properties, Questions questions, Addressing addressing, ExchangeEngine engine) {
		ExchangeEngine rounds = engine.beside(properties.monitor().maxInFlight());
		Sender sender = new Sender(questions, addressing, rounds, new ExchangeListener() {
		});
		return new Monitor(sender, rounds, new MonitorLog(), InstantSource.system(), HostName.find(),
				properties.monitor().histograms());
	}

	@Bean
	MonitorLifecycle monitorLifecycle(Monitor monitor) {
		return new MonitorLifecycle(monitor);
	}

	@Bean
	ProbeHistory probeHistory() {
		return new ProbeHistory();
	}

	@Bean
	Prober prober(Questions questions, Sender sender, ProbeHistory history, ProbeListener listener) {
		return new Prober(questions, sender, history, listener);
	}

	@Bean
	AllowedHosts allowedHosts(UdpProbeProperties properties) {
		return new AllowedHosts(properties.http().rules());
	}

	@Bean
	Pinger pinger(Questions questions, Addressing addressing, ExchangeEngine engine, ExchangeListener listener,
			UdpProbeProperties properties) {
		return new Pinger(questions, addressing, engine, listener, properties.client().maxInFlight());
	}

	@Bean
	PathProber pathProber(Questions questions, Addressing addressing, ExchangeEngine engine,
			ExchangeListener listener) {
		return new PathProber(questions, addressing, engine, listener);
	}

}
