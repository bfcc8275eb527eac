package dev.udpprobe.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The client with servers of others on the other end.
 */
@ParameterizedClass
@EnumSource
class ThirdPartyServerTests {

	private final KernelDetail detail;

	private static final Duration LONG = Duration.ofSeconds(5);

	ThirdPartyServerTests(Detail detail) {
		this.detail = detail.get();
	}

	@Test
	void hearsTheReplyOfSocat() throws Exception {
		InetSocketAddress address = TestServer.closedPort("127.0.0.1");
		byte[] payload = "hello, socat".getBytes(StandardCharsets.UTF_8);
		try (ExchangeEngine engine = new ExchangeEngine(4, 1, this.detail, DestinationRates.NONE);
				ExternalTool _ = ExternalTool.start("socat",
						"UDP4-RECVFROM:%d,bind=127.0.0.1,fork".formatted(address.getPort()), "EXEC:cat")) {
			assertThat(awaitReply(() -> engine.exchange(address, payload, LONG, ExchangeOptions.CONNECTED).join()))
					.isEqualTo(payload);
		}
	}

	@Test
	void hearsTheAnswerOfANameServer() throws Exception {
		InetSocketAddress address = portWithoutTcpEither();
		byte[] query = query("probe.test");
		try (ExchangeEngine engine = new ExchangeEngine(4, 1, this.detail, DestinationRates.NONE);
				ExternalTool _ = ExternalTool.start("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null",
						"--no-resolv", "--no-hosts", "--listen-address=127.0.0.1", "--bind-interfaces", "--user=",
						"--pid-file", "--port=" + address.getPort(), "--address=/probe.test/192.0.2.7")) {
			byte[] answer = awaitReply(() -> engine.exchange(address, query, LONG, ExchangeOptions.CONNECTED).join());
			assertThat(answer).startsWith(0x12, 0x34).endsWith(192, 0, 2, 7);
		}
	}

	/** A name server wants both; HTTP connections of other tests have ports of TCP. */
	private static InetSocketAddress portWithoutTcpEither() throws IOException {
		InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
		while (true) {
			try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
					DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
				return (InetSocketAddress) udp.getLocalSocketAddress();
			}
			catch (BindException _) {
				// Somebody has the port of UDP.
			}
		}
	}

	/** Until the server listens, its port refuses, and the client says so. */
	private static byte[] awaitReply(Callable<Exchange> exchange) {
		Outcome outcome = await().atMost(Duration.ofSeconds(30)).until(() -> {
			Outcome last = exchange.call().outcome();
			assertThat(last).isInstanceOfAny(Outcome.Refused.class, Outcome.Replied.class);
			return last;
		}, Outcome.Replied.class::isInstance);
		return ((Outcome.Replied) outcome).reply();
	}

	/**
	 * A DNS query (RFC 1035 4.1) for an A record.
	 */
	private static byte[] query(String name) throws IOException {
		ByteArrayOutputStream query = new ByteArrayOutputStream();
		query.write(new byte[]{0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
		for (String label : name.split("\\.", -1)) {
			query.write(label.length());
			query.write(label.getBytes(StandardCharsets.US_ASCII));
		}
		query.write(new byte[]{0, 0, 1, 0, 1});
		return query.toByteArray();
	}

}
