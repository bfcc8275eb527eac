package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.module.FieldValue;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.Round;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.State;
import dev.udpprobe.monitor.TargetHistory;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.SendResult;

/**
 * A target that the monitor might have, made by hand.
 */
final class Monitored implements MonitoredTarget {

	static final Instant NOW = Instant.parse("2026-01-02T06:16:05.678Z");

	private static final TargetHistory NONE = new TargetHistory(List.of(), null, null, List.of(), List.of(), List.of());

	private final TargetSpec spec;

	private State state = State.UNKNOWN;

	private Instant since = NOW;

	private boolean flapping;

	private @Nullable String problem;

	private @Nullable Round last;

	private double loss = Double.NaN;

	private int looks;

	/**
	 * @param labels names and values in turn
	 */
	Monitored(String name, String address, @Nullable String module, String... labels) {
		Map<String, String> byName = new LinkedHashMap<>();
		for (int i = 0; i < labels.length; i += 2) {
			byName.put(labels[i], labels[i + 1]);
		}
		HostAndPort where = HostAndPort.of(address);
		this.spec = new TargetSpec(
				new Target(name, () -> where, null,
						(module != null) ? new Target.Asks(module, Map.of("key", "s3cret")) : null),
				(module != null) ? new RoundSettings(Duration.ofSeconds(10), null, 1, 2, null) : RoundSettings.BY_HAND,
				byName, "");
	}

	Monitored is(State state, Duration ago) {
		this.state = state;
		this.since = NOW.minus(ago);
		return this;
	}

	Monitored flapping() {
		this.flapping = true;
		return this;
	}

	Monitored losing(double ratio) {
		this.loss = ratio;
		return this;
	}

	Monitored hindered(String problem) {
		this.problem = problem;
		return this;
	}

	/**
	 * @param said by the target; null where its module says nothing of it
	 */
	Monitored last(Outcome outcome, Duration ago, @Nullable String said) {
		InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7_007);
		LinkedHashMap<String, FieldValue> fields = new LinkedHashMap<>(Map.of("said", new FieldValue.Text("hello")));
		SendResult.Judged judged = (said != null)
				? new SendResult.Judged(Objects.requireNonNull(Samples.alive().judged()).request(),
						new Judgement(true, null, fields, said), 1)
				: null;
		this.last = new Round(NOW.minus(ago), new SendResult(this.spec.target(), Duration.ofSeconds(1),
				new Exchange(remote, remote, 1, 5, List.of(), 0, outcome), judged));
		return this;
	}

	/**
	 * @return how often somebody has asked how it is
	 */
	int looks() {
		return this.looks;
	}

	@Override
	public TargetSpec spec() {
		return this.spec;
	}

	@Override
	public TargetStatus status() {
		this.looks++;
		return new TargetStatus(this.spec, this.state, this.since, this.flapping, this.problem, this.last, Map.of(), 0,
				0, 0, null, new TargetStatus.Loss(this.loss, this.loss, this.loss), 0, null, null, 0);
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
		return NONE;
	}

}
