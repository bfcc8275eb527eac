package dev.udpprobe.network;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Refusals that somebody else makes up while an exchange waits. The kernel believes one
 * whose addresses and ports are right, and with the JDK alone so does the service. With
 * more it compares what is quoted with what it sent.
 */
@InLab
class ForgeryTests {

	private static final int PORT = 2000;

	private static final String REPLY = "late";

	private final Probe probe;

	private final Namespace client;

	ForgeryTests(Mode mode, Lab lab) {
		this.probe = new Probe(mode, lab);
		this.client = lab.node(Node.C);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | forgery        | NATIVE  | PLAIN
			  IPV4   | NO_PAYLOAD     | refused | refused
			  IPV4   | OTHER_PAYLOAD  | replied | refused
			  IPV4   | OTHER_PORT     | replied | replied
			  IPV4   | OTHER_PROTOCOL | replied | replied
			  IPV6   | OTHER_PAYLOAD  | replied | refused
			  IPV6   | OTHER_PORT     | replied | replied
			  IPV6   | OTHER_PROTOCOL | replied | replied
			""")
	void anExchangeGoesOn(Family family, Forgery forgery, String whenNative, String whenPlain) throws Exception {
		String expected = (this.probe.mode() == Mode.NATIVE) ? whenNative : whenPlain;
		try (ExternalTool peer = peer(); ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture<Answer> answer = this.probe.later(executor, family.target(Place.S, PORT), Probe.LONG);
			awaitDatagram(peer);
			forge(family, forgery);
			if (expected.equals("replied")) {
				peer.write(REPLY);
				answer.join().has("reply", REPLY);
			}
			answer.join().hasOutcome(expected);
		}
	}

	/**
	 * A peer that prints what it gets and sends what is written to it.
	 */
	private ExternalTool peer() throws Exception {
		Namespace server = this.probe.lab().node(Node.S);
		ExternalTool peer = server.start("socat", "-", "UDP6-LISTEN:%d,ipv6only=0".formatted(PORT));
		await().until(() -> server.run("cat", "/proc/net/udp6").contains(":%04X ".formatted(PORT)));
		return peer;
	}

	private static void awaitDatagram(ExternalTool peer) throws Exception {
		for (char expected : Probe.MESSAGE.toCharArray()) {
			assertThat(peer.output().read()).isEqualTo(expected);
		}
	}

	/**
	 * Sends the forgery from the first router, and waits for it to have arrived.
	 */
	private void forge(Family family, Forgery forgery) throws Exception {
		String from = family.address(Place.C);
		byte[] message = forgery.message(family, from, localPort(family), family.address(Place.S), PORT);
		long before = Counters.of(this.client).icmpIn(family);
		this.probe.lab().node(Node.R1).run(message, "socat", "-u", "STDIN",
				(family == Family.IPV4) ? "IP4-SENDTO:%s:1".formatted(from) : "IP6-SENDTO:[%s]:58".formatted(from));
		await().until(() -> Counters.of(this.client).icmpIn(family) == before + 1);
	}

	/**
	 * @return the local port of the socket that is connected to the peer's
	 */
	private int localPort(Family family) {
		String sockets = this.client.run("cat", (family == Family.IPV4) ? "/proc/net/udp" : "/proc/net/udp6");
		Matcher socket = Pattern.compile(":([0-9A-F]{4}) [0-9A-F]+:%04X ".formatted(PORT)).matcher(sockets);
		assertThat(socket.find()).as(sockets).isTrue();
		return Integer.parseInt(socket.group(1), 16);
	}

}
