package dev.udpprobe.metrics;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.ExchangeListener;
import dev.udpprobe.probe.SendResult;

/**
 * The client's meters. They exist from the start, at 0. Only for the ICMP errors of a named target
 * each code has a counter from its first error on.
 */
final class ClientMeters implements ExchangeListener {

	private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000,
			100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000)
			.map((micros) -> Duration.of(micros, ChronoUnit.MICROS))
			.toArray(Duration[]::new);

	private final MeterRegistry registry;

	private final Map<String, OfTarget> targets = new HashMap<>();

	private record OfTarget(Counter sent, Counter received, Counter refused, Map<Outcome.Kind, Counter> exchanges,
			ConcurrentMap<IcmpMeaning, Counter> icmpErrors, Timer roundTrip) {}

	/**
	 * @param targets the names of all targets
	 */
	ClientMeters(MeterRegistry registry, ExchangeEngine engine, List<String> targets) {
		this.registry = registry;
		Gauge.builder(UdpMeters.CLIENT_IN_FLIGHT.getName(), engine, ExchangeEngine::inFlight)
				.description(UdpMeters.CLIENT_IN_FLIGHT.description())
				.register(registry);
		Stream.concat(targets.stream(), Stream.of(Target.AD_HOC))
				.forEach((name) -> this.targets.put(name, ofTarget(registry, name)));
		for (IcmpMeaning meaning : IcmpMeaning.values()) {
			icmpErrors(Target.AD_HOC, meaning);
		}
	}

	private static OfTarget ofTarget(MeterRegistry registry, String name) {
		Map<Outcome.Kind, Counter> exchanges = new EnumMap<>(Outcome.Kind.class);
		for (Outcome.Kind kind : Outcome.Kind.values()) {
			exchanges.put(kind, counter(UdpMeters.CLIENT_EXCHANGES, name).tag(UdpMeters.OUTCOME, kind.label())
					.register(registry));
		}
		Timer roundTrip = Timer.builder(UdpMeters.CLIENT_ROUND_TRIP.getName())
				.description(UdpMeters.CLIENT_ROUND_TRIP.description())
				.tag(UdpMeters.TARGET, name)
				.serviceLevelObjectives(BUCKETS)
				.register(registry);
		return new OfTarget(counter(UdpMeters.CLIENT_DATAGRAMS_SENT, name).register(registry),
				counter(UdpMeters.CLIENT_DATAGRAMS_RECEIVED, name).register(registry),
				counter(UdpMeters.CLIENT_REFUSED, name).register(registry), exchanges, new ConcurrentHashMap<>(),
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
		Outcome outcome = result.outcome();
		OfTarget meters = count(result.target(), result.exchange().sent(), outcome);
		Objects.requireNonNull(meters.exchanges.get(outcome.kind())).increment();
		if (outcome instanceof Outcome.Replied replied) {
			meters.roundTrip.record(replied.roundTrip().nanos(), TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void probed(Target target, FlowDatagram datagram) {
		count(target, datagram.isSent(), datagram.outcome());
	}

	private OfTarget count(Target target, boolean sent, Outcome outcome) {
		OfTarget meters = Objects.requireNonNull(this.targets.get(target.name()));
		if (sent) {
			meters.sent.increment();
		}
		IcmpMessage icmp = outcome.icmp();
		if (icmp != null) {
			meters.icmpErrors.computeIfAbsent(icmp.meaning(), (meaning) -> icmpErrors(target.name(), meaning))
					.increment();
		}
		switch (outcome) {
			case Outcome.Replied _,Outcome.Misaddressed _ -> meters.received.increment();
			case Outcome.Refused _ -> meters.refused.increment();
			case Outcome.Unreachable _,Outcome.Expired _,Outcome.TooBig _,Outcome.NotSent _,Outcome.Unresolved _,Outcome.TimedOut _ ->
				{
				}
		}
		return meters;
	}

}
