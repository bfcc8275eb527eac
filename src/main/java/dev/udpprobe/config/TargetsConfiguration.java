package dev.udpprobe.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.destination.Discretion;
import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.module.Modules;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.server.UdpServer;

/**
 * Makes what knows the targets: those of the configuration first, which those of files join.
 */
@Configuration(proxyBeanMethods = false)
class TargetsConfiguration {

	@Bean
	Resolver resolver(UdpProbeProperties properties) {
		return new Resolver(properties.hosts(), properties.client().nameTtl(), properties.client().nameFailureTtl());
	}

	@Bean
	ConfiguredTargets configuredTargets(UdpProbeProperties properties, EchoSettings echo,
			ObjectProvider<UdpServer> echoServer) {
		UdpServer server = echoServer.getIfAvailable();
		Stream<TargetSpec> own = (server != null)
				? Stream.of(new TargetSpec(ownEcho(echo, server), RoundSettings.BY_HAND, Map.of(), ""))
				: Stream.empty();
		Duration interval = properties.monitor().interval();
		List<TargetSpec> specs = Stream
				.concat(own, properties.targets().stream().map((target) -> target.spec(interval, "")))
				.toList();
		return new ConfiguredTargets(specs, properties.addresses(), properties.hosts(),
				policies(properties.client().rules(), echo, server));
	}

	@Bean
	Targets targets(UdpProbeProperties properties, ConfiguredTargets configured, ObjectProvider<UdpServer> echoServer,
			Resolver resolver, ObjectProvider<Discretion> discretion) {
		String wanted = properties.client().target();
		return new Targets(configured.targets(),
				(wanted == null && echoServer.getIfAvailable() != null) ? Targets.ECHO : wanted,
				configured.policy(List.of()), resolver, discretion.getIfAvailable(() -> Discretion.NONE));
	}

	private static Target ownEcho(EchoSettings echo, UdpServer server) {
		InetAddress listens = echo.addresses().getFirst().getAddress();
		String host = AddressText.of(listens.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listens);
		Signer signer = echo.keys().isEmpty() ? null : new Signer(echo.keys().getFirst());
		return new Target(Targets.ECHO, () -> new HostAndPort(host, server.port()), signer);
	}

	/**
	 * @return makes a policy; the same for all addresses if there are rules
	 */
	private static Function<List<HostAndPort>, TargetPolicy> policies(List<TargetRule> rules, EchoSettings echo,
			@Nullable UdpServer server) {
		List<InetAddress> listens = echo.addresses().stream().map(InetSocketAddress::getAddress).toList();
		Predicate<InetAddress> listensAt = listens.getFirst().isAnyLocalAddress()
				? InetAddress::isLoopbackAddress
				: listens::contains;
		Predicate<InetSocketAddress> own = (address) -> server != null && address.getPort() == server.port()
				&& listensAt.test(address.getAddress());
		if (rules.isEmpty()) {
			return (addresses) -> TargetPolicy.byDefault(listens, addresses, own);
		}
		TargetPolicy policy = new TargetPolicy(rules, own);
		return (_) -> policy;
	}

	@Bean
	TargetSources targetSources(UdpProbeProperties properties, ConfiguredTargets configured, Modules modules,
			Targets targets, Resolver resolver, Monitor monitor) {
		NamedTargets named = new NamedTargets(configured, targets, resolver, monitor);
		return new TargetSources(properties.targetFiles(), configured.specs(), modules,
				properties.client().maxTimeout(), properties.monitor().interval(), named::replace);
	}

}
