package dev.udpprobe.web;

import java.net.DatagramPacket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class SaturationTests extends HttpTests {

	@Test
	void oneExchangeMoreThanTheBoundIsTurnedAway() throws Exception {
		try (UdpPeer peer = UdpPeer.silent(); ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Answer> first = executor.submit(() -> this.http.form("message=first&target=" + peer.address()));
			DatagramPacket inFlight = peer.receive();
			double sent = this.http.sum("udp_client_datagrams_sent_total");
			Answer second = this.http.form("message=second");
			assertThat(second.problem(503)).containsEntry("type", "urn:udp-probe:saturated");
			assertThat(second.header("Retry-After")).isEqualTo("1");
			assertThat(this.http.sum("udp_client_exchanges_in_flight")).isEqualTo(1);
			assertThat(this.http.post("/send/lines", Http.TEXT, "second\n").text()).startsWith("! saturated: ");
			assertThat(this.http.sum("udp_client_datagrams_sent_total")).isEqualTo(sent);
			peer.send("now", inFlight.getSocketAddress());
			assertThat(first.get().json()).containsEntry("reply", "now");
		}
		assertThat(this.http.form("message=third").json()).containsEntry("reply", "Hi, third");
	}

}
