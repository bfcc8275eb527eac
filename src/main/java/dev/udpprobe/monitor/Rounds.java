package dev.udpprobe.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.probe.Questions.Question;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.probe.Sender;

/**
 * What the rounds of all targets share: how they are asked, who hears of them, how many there were. Safe for any number of threads.
 */
final class Rounds {

	private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final List<Duration> LATENESS = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
			.map(Duration::ofMillis)
			.toList();

	private final Sender sender;

	private final ExchangeEngine engine;

	private final MonitorListener listener;

	private final InstantSource clock;

	private final String instance;

	private final Map<RoundResult, LongAdder> results = new EnumMap<>(RoundResult.class);

	private final Histogram lateness = new Histogram(LATENESS);

	private final boolean histograms;

	Rounds(Sender sender, ExchangeEngine engine, MonitorListener listener, InstantSource clock, String instance,
			boolean histograms) {
		this.sender = sender;
		this.engine = engine;
		this.listener = listener;
		this.clock = clock;
		this.instance = instance;
		this.histograms = histograms;
		for (RoundResult result : RoundResult.values()) {
			this.results.put(result, new LongAdder());
		}
	}

	String instance() {
		return this.instance;
	}

	long millis() {
		return this.clock.millis();
	}

	/**
	 * @throws dev.udpprobe.destination.BadRequestException if the target cannot be asked as it is configured
	 */
	Sender.Prepared prepare(TargetSpec spec) {
		return this.sender.prepare(new Sender.Request(new Question(null, null, Map.of()), null,
				spec.rounds().timeout(), ExchangeOptions.CONNECTED, spec.rounds().limit()), spec.target());
	}

	boolean isCurrent(Sender.Prepared prepared) {
		return this.sender.isCurrent(prepared);
	}

	CompletableFuture<SendResult> ask(Sender.Prepared prepared, RoundSockets sockets, boolean keep) {
		return this.sender.ask(prepared,
				(remote, options, dialogue) -> sockets.exchange(keep, remote, options, dialogue));
	}

	RoundSockets sockets() {
		return new RoundSockets(this.engine);
	}

	TargetMemory memory() {
		return new TargetMemory(Instant.ofEpochMilli(millis()), this.histograms);
	}

	/**
	 * A round has ended, and says something.
	 */
	void ended(long lateNanos, long intervalMillis) {
		this.lateness.add(lateNanos);
		boolean late = lateNanos > Math.min(LATE_NANOS, TimeUnit.MILLISECONDS.toNanos(intervalMillis) / 10);
		count(late ? RoundResult.LATE : RoundResult.ON_TIME, 1);
	}

	void skipped(long rounds) {
		count(RoundResult.SKIPPED, rounds);
	}

	private void count(RoundResult result, long rounds) {
		Objects.requireNonNull(this.results.get(result)).add(rounds);
	}

	void tell(TargetSpec spec, TargetMemory.News news) {
		if (news.turned()) {
			this.listener.flapping(spec, news.flapping(), news.state());
		}
		else if (news.change() != null && !news.flapping()) {
			this.listener.changed(spec, news.change(), news.rounds());
		}
		if (news.moved() != null) {
			this.listener.moved(spec, news.moved());
		}
	}

	void tell(TargetSpec spec, String problem, @Nullable Throwable cause) {
		this.listener.cannotBegin(spec, problem, cause);
	}

	Map<RoundResult, Long> results() {
		Map<RoundResult, Long> counts = new EnumMap<>(RoundResult.class);
		this.results.forEach((result, count) -> counts.put(result, count.sum()));
		return counts;
	}

	HistogramCounts lateness() {
		return this.lateness.counts();
	}

}
