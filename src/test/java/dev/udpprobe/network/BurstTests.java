package dev.udpprobe.network;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many exchanges at once with a port on which nobody listens. The service counts what the
 * kernels count, whether a limit is on the refusals or not.
 */
@InLab
class BurstTests {

	private static final int SENT = 300;

	private final Probe probe;

	BurstTests(Mode mode, Lab lab) {
		this.probe = new Probe(mode, lab);
	}

	@ParameterizedTest
	@EnumSource
	void everyDatagramIsRefused(Family family) throws Exception {
		assertThat(refused(family, Probe.LONG)).isEqualTo(SENT);
	}

	@ParameterizedTest
	@EnumSource
	void theServerLimitsItsRefusals(Family family) throws Exception {
		this.probe.lab().limitIcmp(Node.S);
		assertThat(refused(family, "1s")).isBetween(1L, SENT - 1L);
	}

	/**
	 * @return how many refusals there were, after all have been asked
	 */
	private long refused(Family family, String timeout) throws Exception {
		Counters client = Counters.of(this.probe.lab().node(Node.C));
		Counters server = Counters.of(this.probe.lab().node(Node.S));
		Metrics metrics = Metrics.of(this.probe.http());

		Map<String, Long> outcomes = outcomes(family, timeout);
		long refused = outcomes.getOrDefault("refused", 0L);
		assertThat(outcomes).containsOnlyKeys(
				(refused == SENT) ? List.of("refused") : List.of("refused", "timed-out"));

		Counters clientAfter = Counters.of(this.probe.lab().node(Node.C));
		Counters serverAfter = Counters.of(this.probe.lab().node(Node.S));
		Metrics metricsAfter = Metrics.of(this.probe.http());
		assertThat(clientAfter.datagramsOut(family) - client.datagramsOut(family)).isEqualTo(SENT);
		assertThat(serverAfter.icmpOut(family) - server.icmpOut(family)).isEqualTo(refused);
		assertThat(clientAfter.icmpIn(family) - client.icmpIn(family)).isEqualTo(refused);
		assertThat(metricsAfter.sent() - metrics.sent()).isEqualTo(SENT);
		assertThat(metricsAfter.exchanges("refused") - metrics.exchanges("refused")).isEqualTo(refused);
		assertThat(metricsAfter.exchanges("timed-out") - metrics.exchanges("timed-out")).isEqualTo(SENT - refused);
		assertThat(metricsAfter.refused() - metrics.refused()).isEqualTo(refused);
		if (this.probe.mode() == Mode.NATIVE) {
			assertThat(metricsAfter.portUnreachable() - metrics.portUnreachable()).isEqualTo(refused);
		}
		return refused;
	}

	private Map<String, Long> outcomes(Family family, String timeout) {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<CompletableFuture<Answer>> answers = IntStream.range(0, SENT)
					.mapToObj((_) -> this.probe.later(executor, family.target(Place.S, Lab.CLOSED), timeout))
					.toList();
			return answers.stream()
					.map((answer) -> answer.join().field("outcome"))
					.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		}
	}

}
