package dev.udpprobe.module;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.InTime;
import dev.udpprobe.testing.Processes;
import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The modules echo and any ask the own echo server.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = ThisJvm.LOCK, mode = ResourceAccessMode.READ)
class EchoServerModulesTests {

	/** So long, if something must come. */
	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Map<String, String> HELLO = Map.of("message", "hello");

	private final Asking asking = new Asking(LibraryModules.with());

	@AfterEach
	void close() {
		this.asking.close();
	}

	private static EchoFixture server(int port) {
		return new EchoFixture(EchoFixture.settings(Transport.AUTO, EchoFixture.loopback(port),
				EchoMode.SHARED, "Hi, ", Duration.ofMinutes(1)));
	}

	@Test
	void theOutcomeFollowsTheServer() throws Exception {
		int port = FreePorts.udp();
		for (int i = 0; i < 2; i++) {
			EchoFixture server = server(port);
			try {
				assertThat(this.asking.ask("any", port, LONG, HELLO)).isEqualTo("REPLIED pass: 9 bytes");
				// Its own head: hello, the try, 13 digits, 16 letters, and a space between two.
				assertThat(this.asking.ask("echo", port, LONG, HELLO)).isEqualTo("REPLIED pass: 42 bytes");
				assertThat(this.asking.ask("echo", port, LONG, Map.of("size", "1000")))
						.isEqualTo("REPLIED pass: 1004 bytes");
			}
			finally {
				synchronized (Processes.START) {
					server.close();
				}
			}
			for (String module : new String[]{"any", "echo"}) {
				assertThat(this.asking.ask(module, port, LONG, HELLO)).isEqualTo("REFUSED fail: ");
			}
		}
	}

	@Test
	void whoeverAnswersOtherwiseIsNoEchoServer() throws Exception {
		try (Peer peer = new Peer((answers, request) -> answers.send(Layouts.utf8("hello 1 1 a")))) {
			assertThat(this.asking.ask("any", peer.port(), LONG, HELLO)).isEqualTo("REPLIED pass: 11 bytes");
		}
		Duration timeout = Duration.ofMillis(500);
		assertThat(InTime.<String>of(1, timeout, (time) -> {
			try (Peer peer = new Peer((answers, request) -> {
				answers.send(Layouts.utf8("hello 1 1 a"));
				time.answered();
			})) {
				return this.asking.ask("echo", peer.port(), timeout, HELLO);
			}
		})).isEqualTo("MISMATCHED fail: ");
	}

}
