package dev.udpprobe.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.RateLimit;
import dev.udpprobe.server.EachTransport;
import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who waits for a reply that is held back, and who does not, with real sockets. A pause of this
 * machine makes the server count turns anew, or drop what it would not have. So a client whose
 * every answer counts is tried again.
 */
@EachTransport
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = ThisJvm.LOCK, mode = ResourceAccessMode.READ)
class AlternationTests {

	/** As many turns as the server lets pass; the next datagram is held. */
	private static final int TURNS = 256;

	private static final int MANY = 2_000;

	static final GuardSettings BREAKING = new GuardSettings(List.of(), List.of(), true, RateLimit.NONE, RateLimit.NONE);

	private final Transport transport;

	AlternationTests(Transport transport) {
		this.transport = transport;
	}

	private EchoFixture echo(EchoMode mode) {
		return EchoFixture.guarded(this.transport, mode, "Hi, ",
				BREAKING);
	}

	private static NumberedClient client(EchoFixture echo) throws IOException {
		return new NumberedClient(InetAddress.getLoopbackAddress(), echo.port());
	}

	private static <T> void sometimes(Callable<T> attempt, Predicate<T> good) {
		await().atMost(Duration.ofSeconds(30)).until(attempt, good);
	}

	private static void isAccountedFor(EchoFixture echo, long received) {
		await().until(() -> echo.counts().received() == received && echo.isBalanced());
		assertThat(echo.counts().dropped()).isEqualTo(echo.counts().droppedFor(EchoDrop.ALTERNATION));
	}

	@ParameterizedTest
	@EnumSource
	void whoeverOnlyAnswersFallsSilent(EchoMode mode) {
		sometimes(() -> datagramsUntilSilence(mode), (datagrams) -> datagrams <= 600);
	}

	private long datagramsUntilSilence(EchoMode mode) throws IOException {
		try (EchoFixture echo = echo(mode); Responder responder = new Responder(echo.port())) {
			await().until(() -> echo.counts().droppedFor(EchoDrop.ALTERNATION) == 1);
			isAccountedFor(echo, responder.received() + 1);
			assertThat(echo.counts().replied()).isEqualTo(responder.received());
			return echo.counts().received() + responder.received();
		}
	}

	@Test
	void aSessionIsTestedOnce() throws IOException {
		try (EchoFixture echo = echo(EchoMode.SHARED); Responder responder = new Responder(echo.port())) {
			await().until(() -> echo.counts().droppedFor(EchoDrop.ALTERNATION) == 1);
			int before = responder.received();
			responder.begin(echo.port());
			await().until(() -> responder.received() > before + MANY);
			assertThat(echo.counts().dropped()).isEqualTo(1);
		}
	}

	@Test
	void whoeverOnlyAnswersGoesOnWhereThatIsConfigured() throws IOException {
		try (EchoFixture echo = EchoFixture.of(this.transport); Responder responder = new Responder(echo.port())) {
			await().until(() -> responder.received() > MANY);
			assertThat(echo.counts().dropped()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientThatWaitsForEachReplyLosesOne(EchoMode mode) {
		sometimes(() -> lost(mode, (client) -> client.window(1, MANY)), List.of(TURNS)::equals);
	}

	@ParameterizedTest
	@ValueSource(ints = {2, 8})
	void aWindowLosesNothing(int size) {
		sometimes(() -> lost(EchoMode.SHARED, (client) -> client.window(size, MANY)), List::isEmpty);
	}

	@Test
	void aPacerLosesNothing() {
		sometimes(() -> lost(EchoMode.SHARED, (client) -> client.pace(1, MANY)), List::isEmpty);
	}

	@FunctionalInterface
	private interface Traffic {

		void run(NumberedClient client) throws IOException;

	}

	private List<Integer> lost(EchoMode mode, Traffic traffic) throws IOException {
		try (EchoFixture echo = echo(mode); NumberedClient client = client(echo)) {
			traffic.run(client);
			isAccountedFor(echo, client.sent());
			assertThat(echo.counts().dropped()).isLessThanOrEqualTo(1);
			assertThat(client.answered()).as("no reply overtakes another one").isSorted();
			return IntStream.range(0, client.sent())
					.filter((number) -> !client.answered().contains(number))
					.boxed()
					.limit(10)
					.toList();
		}
	}

	private static void isHeld(EchoFixture echo, NumberedClient client) throws IOException {
		client.window(1, TURNS);
		client.send();
		await().pollInterval(Duration.ofMillis(1))
				.until(() -> echo.peers()
						.stream()
						.anyMatch((session) -> session.datagrams() == client.sent()));
	}

	/** One that is held is counted then; where this machine has paused, it has been answered or counted before. */
	@Test
	void whatIsHeldIsCountedWhenTheServerStops() throws IOException {
		try (EchoFixture echo = echo(EchoMode.SHARED); NumberedClient client = client(echo)) {
			isHeld(echo, client);
			echo.adapter().stop();
			assertThat(echo.counts().received()).isEqualTo(client.sent());
			assertThat(echo.isBalanced()).isTrue();
		}
	}

	/** The same. */
	@Test
	void theFarewellIsADatagramLikeOthers() throws IOException {
		try (EchoFixture echo = echo(EchoMode.SHARED); NumberedClient client = client(echo)) {
			isHeld(echo, client);
			client.send("goodbye");
			isAccountedFor(echo, client.sent() + 1);
			assertThat(echo.counts().ended()).isEqualTo(1);
			assertThat(echo.sessions().size()).isZero();
		}
	}

}
