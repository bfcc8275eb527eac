package dev.udpprobe.metrics;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.monitor.HistogramCounts;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.Round;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.SendResult;

/**
 * A target of a monitor that is none. It has had no round until it is told otherwise.
 */
final class MadeUpTarget implements MonitoredTarget {

	private final TargetSpec spec;

	private final Map<Outcome.Kind, Long> outcomes = new EnumMap<>(Outcome.Kind.class);

	private State state = State.UNKNOWN;

	private boolean flapping;

	private long failed;

	private long roundTripNanos;

	private @Nullable HistogramCounts roundTrips;

	private double loss = Double.NaN;

	private @Nullable Instant last;

	private @Nullable Instant changed;

	private long addressChanges;

	MadeUpTarget(String name, String address, Map<String, String> labels) {
		this(name, address, labels, new RoundSettings(Duration.ofSeconds(10), null, 1, 2, null));
	}

	private MadeUpTarget(String name, String address, Map<String, String> labels, RoundSettings rounds) {
		HostAndPort where = HostAndPort.of(address);
		this.spec = new TargetSpec(new Target(name, () -> where, null, new Target.Asks("ntp", Map.of())), rounds,
				labels, "");
	}

	static MadeUpTarget byHand(String name) {
		MadeUpTarget target = new MadeUpTarget(name, "192.0.2.1:123", Map.of(), RoundSettings.BY_HAND);
		target.state = State.BY_HAND;
		return target;
	}

	/**
	 * @param loss of the last ten minutes
	 */
	MadeUpTarget in(State state, double loss, Instant last) {
		this.state = state;
		this.loss = loss;
		this.last = last;
		return this;
	}

	MadeUpTarget rounds(Outcome.Kind outcome, long count, long failed) {
		this.outcomes.put(outcome, count);
		this.failed += failed;
		return this;
	}

	MadeUpTarget roundTrips(Duration sum) {
		this.roundTripNanos = sum.toNanos();
		return this;
	}

	MadeUpTarget histogram(HistogramCounts counts) {
		this.roundTrips = counts;
		return this;
	}

	MadeUpTarget changed(Instant time) {
		this.changed = time;
		return this;
	}

	MadeUpTarget moved(long times) {
		this.addressChanges = times;
		return this;
	}

	MadeUpTarget flapping() {
		this.flapping = true;
		return this;
	}

	@Override
	public TargetSpec spec() {
		return this.spec;
	}

	@Override
	public TargetStatus status() {
		long replies = this.outcomes.getOrDefault(Outcome.Kind.REPLIED, 0L);
		Round round = (this.last != null) ? round(this.last) : null;
		return new TargetStatus(this.spec, this.state, Instant.EPOCH, this.flapping, null, round,
				new EnumMap<>(this.outcomes), this.failed, replies, this.roundTripNanos,
				this.roundTrips,
				new TargetStatus.Loss(1, this.loss, 1), (this.changed != null) ? 1 : 0, this.changed,
				null, this.addressChanges);
	}

	private Round round(Instant time) {
		Exchange exchange = Exchange.unsent(new InetSocketAddress(0),
				new Outcome.Replied(new byte[0], RoundTrip.jvm(1_500)));
		return new Round(time, new SendResult(this.spec.target(), Duration.ofSeconds(1), exchange));
	}

	@Override
	public State state() {
		return this.state;
	}

	@Override
	public TargetHistory.NewRounds roundsSince(TargetHistory.@Nullable Mark told, int max) {
		return new TargetHistory.NewRounds(List.of(), new TargetHistory.Mark(this, 0));
	}

	@Override
	public TargetHistory history() {
		return new TargetHistory(List.of(), null, null, List.of(), List.of(), List.of());
	}

}
