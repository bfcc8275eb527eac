package dev.udpprobe.network;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An exchange whose datagram has come to a peer that does not answer before it is told to.
 */
final class InFlight implements AutoCloseable {

	static final String REPLY = "late";

	private static final int PORT = 2000;

	private static final Duration POLL = Duration.ofMillis(2);

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final Family family;

	private final Namespace client;

	private final Namespace router;

	private final ExternalTool peer;

	private final CompletableFuture<Answer> answer;

	InFlight(Probe probe, Family family) throws IOException {
		this.family = family;
		this.client = probe.lab().node(Node.C);
		this.router = probe.lab().node(Node.R1);
		Namespace server = probe.lab().node(Node.S);
		this.peer = server.start("socat", "-", "UDP6-LISTEN:%d,ipv6only=0".formatted(PORT));
		boolean begun = false;
		try {
			await().pollDelay(Duration.ZERO).pollInterval(POLL)
					.until(() -> server.run("cat", "/proc/net/udp6").contains(":%04X ".formatted(PORT)));
			this.answer = probe.later(this.executor, family.target(Place.S, PORT), Probe.LONG);
			for (int i = 0; i < Probe.MESSAGE.length(); i++) {
				assertThat(this.peer.output().read()).isEqualTo(Probe.MESSAGE.charAt(i));
			}
			begun = true;
		}
		finally {
			if (!begun) {
				close();
			}
		}
	}

	/**
	 * Sends an ICMP error from the first router, and waits until it has come.
	 */
	void hear(IcmpError error) throws UnknownHostException {
		error.send(this.router, this.client, Place.C, localPort(), Place.S, PORT);
	}

	/**
	 * @return the local port of the socket that is connected to the peer's
	 */
	private int localPort() {
		String sockets = this.client.run("cat",
				(this.family == Family.IPV4) ? "/proc/net/udp" : "/proc/net/udp6");
		Matcher socket = Pattern.compile(":([0-9A-F]{4}) [0-9A-F]+:%04X ".formatted(PORT)).matcher(sockets);
		assertThat(socket.find()).as(sockets).isTrue();
		return Integer.parseInt(socket.group(1), 16);
	}

	/**
	 * Has the peer reply.
	 */
	void reply() throws IOException {
		this.peer.write(REPLY);
	}

	/**
	 * Waits for the end of the exchange.
	 */
	Answer answer() {
		return this.answer.join();
	}

	@Override
	public void close() {
		this.peer.close();
		this.executor.shutdown();
	}

}
