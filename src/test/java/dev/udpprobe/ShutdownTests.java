package dev.udpprobe;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ReadsLog
class ShutdownTests {

	@Test
	void finishesWhatIsInFlightAndThenSaysWhatTheEchoServerReceived(CapturedOutput output) throws Exception {
		ConfigurableApplicationContext context = SpringApplication.run(UdpProbeApplication.class, "--server.port=0",
				"--udp-probe.echo.port=0");
		String url = "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/send";
		try (context;
				HttpClient http = HttpClient.newHttpClient();
				DatagramSocket target = new DatagramSocket(
						new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			assertThat(http.send(send(url, "message=hello"), HttpResponse.BodyHandlers.ofString()).body())
					.contains("Hi, hello");
			CompletableFuture<HttpResponse<String>> inFlight = http.sendAsync(
					send(url, "message=hello&timeout=9s&target=127.0.0.1:" + target.getLocalPort()),
					HttpResponse.BodyHandlers.ofString());
			DatagramPacket datagram = new DatagramPacket(new byte[9], 9);
			target.receive(datagram);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
			await().until(() -> output.toString().contains("Commencing graceful shutdown"));
			assertThat(output).doesNotContain("received 1 datagrams");
			target.send(datagram);
			assertThat(inFlight.get(20, TimeUnit.SECONDS).body()).contains("\"replied\"");
			closing.get(20, TimeUnit.SECONDS);
			assertThat(output).contains("received 1 datagrams").contains("session of 127.0.0.1:").contains("(stopped)");
		}
	}

	private static HttpRequest send(String url, String form) {
		return HttpRequest.newBuilder(URI.create(url))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString(form))
				.build();
	}

}
