package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Refusals of what an exclusive server's peer was sent, and of what it was not. Where something
 * must not happen soon, another server tells when that time is over.
 */
@EachTransport
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = ThisJvm.LOCK, mode = ResourceAccessMode.READ)
@EnabledOnOs(value = OS.LINUX, disabledReason = "a connected socket hears of refusals only on Linux")
class ForgedRefusalTests {

	/** Quotes nothing of what was sent. */
	private static final String NOTHING = "";

	private final Transport transport;

	ForgedRefusalTests(Transport transport) {
		this.transport = transport;
	}

	private ExclusiveServer server(String bound, String asked) throws IOException {
		return new ExclusiveServer(this.transport, InetAddress.ofLiteral(bound), InetAddress.ofLiteral(asked));
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,127.0.0.1", "::,127.0.0.1", "::1,::1", "::,::1"})
	void onlyAQuoteOfAReplyFreesTheServerAtOnce(String bound, String asked) throws IOException {
		try (ExclusiveServer right = server(bound, asked);
				ExclusiveServer wrong = server(bound, asked);
				ExclusiveServer none = server(bound, asked)) {
			assumeTrue(right.isNative(), "the portable transport knows no quotations");
			int peer = wrong.visited("one", "two");
			int peerOfNone = none.visited("one", "two");
			int peerOfRight = right.visited("one", "two");
			wrong.refuse(peer, "twins");
			// Soon one after the other: three seconds later, the first of these two is free as well.
			none.refuse(peerOfNone, NOTHING);
			right.refuse(peerOfRight, "one");
			await().until(() -> !right.isHeld());
			assertThat(right.counts().refusals()).isOne();
			assertThat(none.isHeld()).isTrue();
			if (asked.equals("127.0.0.1")) {
				await().until(() -> !none.isHeld());
				assertThat(none.counts().refusals()).isOne();
			}
			assertThat(wrong.isHeld()).isTrue();
			try (Client back = wrong.client(peer)) {
				assertThat(back.ask("three")).isEqualTo("three");
			}
			assertThat(wrong.counts().refusals()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1", "::1"})
	void aPeerThatComesBackKeepsTheServer(String address) throws IOException {
		try (ExclusiveServer visited = server(address, address);
				ExclusiveServer abandoned = server("127.0.0.1", "127.0.0.1")) {
			int peer = visited.visited("one", "two");
			visited.refuse(peer, NOTHING);
			try (Client back = visited.client(peer)) {
				assertThat(back.ask("three")).isEqualTo("three");
				abandoned.refuse(abandoned.visited("one", "two"), NOTHING);
				await().until(() -> !abandoned.isHeld());
				assertThat(visited.isHeld()).isTrue();
				assertThat(back.ask("four")).isEqualTo("four");
			}
			assertThat(visited.counts().refusals()).isZero();
		}
	}

	@Test
	void aPeerThatCameOnceKeepsTheServerForAMomentOnly() throws IOException {
		try (ExclusiveServer twice = server("127.0.0.1", "127.0.0.1"); ExclusiveServer once = server("::1", "::1")) {
			int peer = twice.visited("one", "two");
			once.visited("one");
			try (Client next = once.client(0)) {
				await().until(() -> {
					next.send("mine");
					return !next.hasNothing();
				});
			}
			assertThat(once.counts().refusals()).isZero();
			assertThat(twice.isHeld()).isTrue();
			try (Client back = twice.client(peer)) {
				assertThat(back.ask("three")).isEqualTo("three");
			}
		}
	}

}
