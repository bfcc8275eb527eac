package dev.udpprobe.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.SaturatedException;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;

/**
 * What an exchange by the engine costs beside one by the bare channel: CPU above all, which
 * JMH does not measure. The peer is another process, the port of which is the argument.
 * The engine comes with the kernel's detail and without.
 *
 * <p>
 * The variants take turns, so that a machine that gets slower or faster does so for all.
 */
final class OneExchange {

	static final int LENGTH = 64;

	private static final int WARM_UPS = 6;

	private static final int ROUNDS = 15;

	private static final long NANOS = 500_000_000;

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final ThreadFactory PLATFORM = Thread.ofPlatform().factory();

	private static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

	private record Variant(String name, ThreadFactory threads, Caller.Factory callers) {}

	private final List<Variant> variants;

	private OneExchange(InetSocketAddress remote, ExchangeEngine kernel, ExchangeEngine jvm, int callers)
			throws Exception {
		Queue<BareExchanges> bare = new ArrayDeque<>();
		for (int i = 0; i < callers; i++) {
			bare.add(new BareExchanges(remote, LENGTH));
		}
		byte[] payload = new byte[LENGTH];
		Caller byKernel = () -> engine(kernel, remote, payload);
		Caller byJvm = () -> engine(jvm, remote, payload);
		this.variants = List.of(new Variant("bare, fresh channel", PLATFORM, () -> next(bare)::fresh),
				new Variant("bare, reused channel", PLATFORM, () -> next(bare)::reused),
				new Variant("engine, kernel, platform", PLATFORM, () -> byKernel),
				new Variant("engine, kernel, virtual", VIRTUAL, () -> byKernel),
				new Variant("engine, jvm, platform", PLATFORM, () -> byJvm),
				new Variant("engine, jvm, virtual", VIRTUAL, () -> byJvm));
	}

	/**
	 * The engine gives each local port a rest, which many callers at full speed can outrun.
	 */
	private static int engine(ExchangeEngine engine, InetSocketAddress remote, byte[] payload)
			throws InterruptedException {
		while (true) {
			try {
				return (engine.exchange(remote, payload, TIMEOUT, ExchangeOptions.CONNECTED)
						.join()
						.outcome() instanceof Outcome.Replied replied) ? replied.reply().length : 0;
			}
			catch (SaturatedException _) {
				Thread.sleep(1);
			}
		}
	}

	private static BareExchanges next(Queue<BareExchanges> bare) {
		BareExchanges next = bare.remove();
		bare.add(next);
		return next;
	}

	public static void main(String[] args) throws Exception {
		InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
		System.out.printf(Locale.ROOT, "%7s  %-24s %8s %8s %8s   %s%n", "callers", "variant", "CPU us", "wall us",
				"bytes",
				"CPU beside fresh, reused");
		KernelDetail detail = KernelDetail.find();
		if (!detail.errors() || !detail.times()) {
			throw new IllegalStateException(detail.toString());
		}
		try (ExchangeEngine kernel = new ExchangeEngine(1_000, 1, detail, DestinationRates.NONE);
				ExchangeEngine jvm = new ExchangeEngine(1_000, 1, KernelDetail.none("it is compared with"),
						DestinationRates.NONE)) {
			for (int callers : new int[]{1, 16}) {
				new OneExchange(remote, kernel, jvm, callers).run(callers);
			}
		}
	}

	private void run(int callers) throws Exception {
		List<List<Round>> rounds = this.variants.stream().map((_) -> (List<Round>) new ArrayList<Round>()).toList();
		for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
			for (int v = 0; v < this.variants.size(); v++) {
				Variant variant = this.variants.get(v);
				Round round = Round.of(variant.callers(), callers, variant.threads(), NANOS);
				if (i >= WARM_UPS) {
					rounds.get(v).add(round);
				}
			}
		}
		for (int v = 0; v < this.variants.size(); v++) {
			List<Round> own = rounds.get(v);
			System.out.printf(Locale.ROOT, "%7d  %-24s %8.1f %8.1f %8.0f   %5.2f %5.2f%n", callers,
					this.variants.get(v).name(),
					median(own, Round::cpuMicros), median(own, Round::wallMicros), median(own, Round::bytes),
					ratio(own, rounds.get(0)), ratio(own, rounds.get(1)));
		}
	}

	/**
	 * The median of the ratios of rounds that were neighbours.
	 */
	private static double ratio(List<Round> rounds, List<Round> base) {
		return middle(IntStream.range(0, rounds.size())
				.mapToDouble((i) -> rounds.get(i).cpuMicros() / base.get(i).cpuMicros())
				.sorted()
				.toArray());
	}

	private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
		return middle(rounds.stream().mapToDouble(figure).sorted().toArray());
	}

	private static double middle(double[] sorted) {
		return sorted[sorted.length / 2];
	}

}
