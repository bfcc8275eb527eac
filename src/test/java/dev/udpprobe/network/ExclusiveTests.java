package dev.udpprobe.network;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * ICMP messages to an echo server in mode exclusive, made up byte by byte. Its replies are what
 * it is sent, since it has no greeting.
 */
@WithLab
class ExclusiveTests {

	private static final int PEER = 2000;

	private final Lab lab;

	ExclusiveTests(Lab lab) {
		this.lab = lab;
	}

	/** All in one, since a service takes seconds to start. */
	@ParameterizedTest
	@EnumSource
	void onlyAQuotedReplyFreesItAndNothingIsAFailureOfItsSocket(Family family) throws Exception {
		Service service = this.lab.echo(Transport.NATIVE, "--udp-probe.echo.mode=exclusive",
				"--udp-probe.echo.greeting=");
		try (ExternalTool peer = this.lab.node(Node.C).start("socat", "-",
				"UDP:%s,sourceport=%d".formatted(family.target(Place.S, Lab.OWN), PEER))) {
			converse(peer);
			for (IcmpError error : errors(family)) {
				converse(peer);
				hear(error);
			}
			converse(peer);
			assertThat(refusals(service.http())).isZero();
			hear(refusal(family, Quote.WHOLE));
			await().untilAsserted(() -> assertThat(refusals(service.http())).isOne());
		}
		assertThat(service.log()).contains("ended (refused)").doesNotContain("goes on after an error",
				"cannot reply to");
	}

	private static List<IcmpError> errors(Family family) {
		Stream<String> others = (family == Family.IPV4)
				? Stream.of("3/1", "3/2", "3/13", "11/0", "12/0")
				: Stream.of("1/0", "1/1", "1/3", "3/0", "4/0");
		return Stream.concat(others.map((other) -> IcmpError.of(family, other, Quote.WHOLE)),
				Stream.of(refusal(family, Quote.OTHER_PAYLOAD), refusal(family, Quote.HEADERS_ALONE))).toList();
	}

	private static IcmpError refusal(Family family, Quote quote) {
		return IcmpError.of(family, (family == Family.IPV4) ? "3/3" : "1/4", quote);
	}

	private void hear(IcmpError error) throws IOException {
		error.send(this.lab.node(Node.R3), this.lab.node(Node.S), Place.S, Lab.OWN, Place.C, PEER);
	}

	private static void converse(ExternalTool peer) throws IOException {
		peer.write(Probe.MESSAGE);
		for (int i = 0; i < Probe.MESSAGE.length(); i++) {
			assertThat(peer.output().read()).isEqualTo(Probe.MESSAGE.charAt(i));
		}
	}

	private static long refusals(Http http) throws IOException, InterruptedException {
		return Math.round(http.samples("udp_echo_refused_total").values().iterator().next());
	}

}
