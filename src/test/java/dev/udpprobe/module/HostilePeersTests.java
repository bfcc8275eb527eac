package dev.udpprobe.module;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.exchange.ExchangeOptions.AnswersFrom;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.InTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that answer otherwise than asked. All modules ask at once, each a peer of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class HostilePeersTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(700);

	private final Asking asking = new Asking(LibraryModules.with(LibraryModules.SECRETS));

	@AfterEach
	void close() {
		this.asking.close();
	}

	/**
	 * How each sample is answered.
	 */
	private interface Behaviours {

		Peer.Behaviour of(Sample sample);

	}

	private Map<Sample, SendResult> askAll(Duration timeout, Behaviours behaviours) throws IOException {
		Map<Sample, Peer> peers = new LinkedHashMap<>();
		Map<Sample, CompletableFuture<SendResult>> asked = new LinkedHashMap<>();
		try {
			for (Sample sample : Sample.all()) {
				Peer peer = new Peer(behaviours.of(sample));
				peers.put(sample, peer);
				asked.put(sample, this.asking.send(sample.module(), peer.port(), timeout,
						sample.settings()));
			}
			Map<Sample, SendResult> results = new LinkedHashMap<>();
			asked.forEach((sample, result) -> results.put(sample, result.join()));
			return results;
		}
		finally {
			peers.values().forEach(Peer::close);
		}
	}

	/** Where the time is waited for: all of them have to answer before it is over. */
	private Map<Sample, SendResult> askAllInTime(Behaviours behaviours) throws Exception {
		return InTime.of(Sample.all().size(), SHORT, (time) -> askAll(SHORT, (sample) -> {
			Peer.Behaviour behaviour = behaviours.of(sample);
			AtomicBoolean answered = new AtomicBoolean();
			return (answers, request) -> {
				behaviour.answer(answers, request);
				if (!answered.getAndSet(true)) {
					time.answered();
				}
			};
		}));
	}

	/** Some protocols have nothing but ports to tell it by. */
	@Test
	void aStaleAnswerIsWaitedPast() throws IOException {
		Map<Sample, SendResult> results = askAll(LONG, (sample) -> (answers, request) -> {
			answers.send(sample.earlier(request).bytes());
			answers.send(sample.bytes(request));
		});
		assertThat(results).allSatisfy((sample, result) -> {
			assertThat(Asking.told(result)).startsWith("REPLIED pass: ");
			assertThat(result.exchange().strays()).isEqualTo(isTold(sample) ? 1 : 0);
		});
	}

	private static boolean isTold(Sample sample) {
		return !sample.answer(sample.ask().datagram()).ids().isEmpty();
	}

	private static boolean hearsOtherPorts(Sample sample) {
		return sample.asks().socket().answersFrom() == AnswersFrom.ANY_PORT;
	}

	@Test
	void straysAloneAreNoAnswer() throws Exception {
		Map<Sample, SendResult> results = askAllInTime((_) -> (answers, request) -> {
			byte[] nothing = Arrays.copyOf(request, 3);
			answers.send(nothing);
			answers.send(new byte[0]);
		});
		assertThat(results).allSatisfy((sample, result) -> {
			assertThat(Asking.told(result)).isEqualTo("MISMATCHED fail: ");
			assertThat(result.exchange().strays()).isGreaterThanOrEqualTo(2);
		});
	}

	@Test
	void anotherPortAnswersWhereTheProtocolHasIt() throws Exception {
		ExternalTool.requireKernelDetail();
		Map<Sample, SendResult> results = askAllInTime(
				(sample) -> (answers, request) -> answers.sendFromOtherPort(sample.bytes(request)));
		assertThat(results).allSatisfy((sample, result) -> assertThat(result.outcome().kind())
				.isEqualTo(hearsOtherPorts(sample) ? Outcome.Kind.REPLIED : Outcome.Kind.TIMED_OUT));
	}

	@Test
	void anotherAddressAnswersForNone() throws Exception {
		Map<Sample, SendResult> results = askAllInTime(
				(sample) -> (answers, request) -> answers.sendFromOtherAddress(sample.bytes(request)));
		assertThat(results).allSatisfy((sample, result) -> assertThat(result.outcome().kind())
				.isEqualTo(hearsOtherPorts(sample) ? Outcome.Kind.MISADDRESSED : Outcome.Kind.TIMED_OUT));
	}

}
