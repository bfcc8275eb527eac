package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.SendResult;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomeTextTests {

	@ParameterizedTest
	@CsvSource({"false,Nothing was sent to 127.0.0.1:9: the reason.",
			"true,Nothing was heard from 127.0.0.1:9: the reason."})
	void whatHasLeftIsNotCalledUnsent(boolean sent, String detail) {
		InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
		assertThat(OutcomeText.detail(new SendResult(Target.adHoc(new HostAndPort("127.0.0.1", 9)), Duration.ZERO,
				new Exchange(remote, null, sent ? 1 : 0, 0, List.of(), 0, new Outcome.NotSent("the reason")))))
				.isEqualTo(detail);
	}

}
