package dev.udpprobe.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.ExchangeListener;
import dev.udpprobe.probe.SendResult;

/**
 * The client's meters. They exist from the start. An ICMP code of a named target has no
 * counter before its first error.
 */
final class ClientMeters implements ExchangeListener {

	private final MeterRegistry registry;

	private final Map<Target, OfTarget> named;

	private final OfTarget adHoc;

	private record OfTarget(Counter sent, Counter received, Counter refused, Map<Outcome.Kind, Counter> exchanges,
			ConcurrentMap<IcmpMeaning, Counter> icmpErrors, Timer roundTrip) {}

	/**
	 * @param named all configured targets; they are told apart as objects, without their names. All others count as ad hoc
	 */
	ClientMeters(MeterRegistry registry, ExchangeEngine engine, List<Target> named) {
		Gauge.builder(UdpMeters.CLIENT_ALIVE.getName(), engine, (client) -> client.isAlive() ? 1 : 0)
				.description(UdpMeters.CLIENT_ALIVE.description())
				.register(registry);
		Gauge.builder(UdpMeters.CLIENT_IN_FLIGHT.getName(), engine, ExchangeEngine::inFlight)
				.description(UdpMeters.CLIENT_IN_FLIGHT.description())
				.register(registry);
		this.registry = registry;
		this.named = named.stream().collect(
				Collectors.toMap(Function.identity(), (target) -> ofTarget(target.name())));
		this.adHoc = ofTarget(Target.AD_HOC);
		for (IcmpMeaning meaning : IcmpMeaning.values()) {
			this.adHoc.icmpErrors.put(meaning, icmpErrors(Target.AD_HOC, meaning));
		}
	}

	private OfTarget ofTarget(String name) {
		Map<Outcome.Kind, Counter> exchanges = new EnumMap<>(Outcome.Kind.class);
		for (Outcome.Kind kind : Outcome.Kind.values()) {
			exchanges.put(kind, counter(UdpMeters.CLIENT_EXCHANGES, name).tag(UdpMeters.OUTCOME, kind.label())
					.register(this.registry));
		}
		Timer roundTrip = Timer.builder(UdpMeters.CLIENT_ROUND_TRIP.getName())
				.description(UdpMeters.CLIENT_ROUND_TRIP.description())
				.tag(UdpMeters.TARGET, name)
				.serviceLevelObjectives(RoundTrip.BOUNDS.toArray(Duration[]::new))
				.register(this.registry);
		return new OfTarget(counter(UdpMeters.CLIENT_DATAGRAMS_SENT, name).register(this.registry),
				counter(UdpMeters.CLIENT_DATAGRAMS_RECEIVED, name).register(this.registry),
				counter(UdpMeters.CLIENT_REFUSED, name).register(this.registry), exchanges, new ConcurrentHashMap<>(),
				roundTrip);
	}

	private Counter icmpErrors(String target, IcmpMeaning meaning) {
		return counter(UdpMeters.CLIENT_ICMP_ERRORS, target).tag(UdpMeters.TYPE, meaning.kind().label())
				.tag(UdpMeters.CODE, meaning.label())
				.register(this.registry);
	}

	private static Counter.Builder counter(UdpMeters meter, String target) {
		return Counter.builder(meter.getName()).description(meter.description()).tag(UdpMeters.TARGET, target);
	}

	@Override
	public void exchanged(SendResult result) {
		Exchange exchange = result.exchange();
		Outcome outcome = exchange.outcome();
		int received = exchange.earlier().size() + exchange.strays() + (outcome instanceof Outcome.Replied ? 1 : 0);
		OfTarget meters = count(result.target(), exchange.datagramsSent(), received, outcome);
		Objects.requireNonNull(meters.exchanges.get(outcome.kind())).increment();
		if (outcome instanceof Outcome.Replied replied) {
			meters.roundTrip.record(replied.roundTrip().nanos(), TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void probed(Target target, FlowDatagram datagram) {
		Outcome outcome = datagram.outcome();
		count(target, datagram.isSent() ? 1 : 0, outcome instanceof Outcome.Replied ? 1 : 0, outcome);
	}

	private OfTarget count(Target target, int sent, int received, Outcome outcome) {
		OfTarget meters = this.named.getOrDefault(target, this.adHoc);
		meters.sent.increment(sent);
		meters.received.increment(received);
		IcmpMessage icmp = outcome.icmp();
		if (icmp != null) {
			meters.icmpErrors.computeIfAbsent(icmp.meaning(), (meaning) -> icmpErrors(target.name(), meaning))
					.increment();
		}
		if (outcome instanceof Outcome.Refused) {
			meters.refused.increment();
		}
		return meters;
	}

}
