package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomeTextTests {

	private static final InetSocketAddress REMOTE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);

	private static SendResult result(int sent, int strays, Outcome outcome) {
		return new SendResult(Target.adHoc(new HostAndPort("127.0.0.1", 9)), Duration.ZERO,
				new Exchange(REMOTE, null, sent, 0, List.of(), strays, outcome));
	}

	@ParameterizedTest
	@CsvSource({"0,Nothing was sent to 127.0.0.1:9: the reason.", "1,Nothing was heard from 127.0.0.1:9: the reason."})
	void whatHasLeftIsNotCalledUnsent(int sent, String detail) {
		assertThat(ResultText.detail(result(sent, 0, new Outcome.NotSent("the reason")))).isEqualTo(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"1|1 datagram was no answer", "2|2 datagrams were no answer",
			"1000|1,000 datagrams were no answer"})
	void whatIsNoAnswerIsShownAndCounted(int strays, String count) {
		SendResult result = result(1, strays,
				new Outcome.Mismatched("stale".getBytes(StandardCharsets.UTF_8), RoundTrip.jvm(1_500_000), null));
		assertThat(ResultText.detail(result))
				.isEqualTo("127.0.0.1:9 answered, but not what was asked: " + count + ".");
		assertThat(OutcomeText.line(result)).isEqualTo("mismatched by 127.0.0.1:9 in 1.500 ms: stale");
		assertThat(ExchangeView.of(result)).extracting(ExchangeView::reply, ExchangeView::bytesReceived,
				ExchangeView::repliedBy).containsExactly("stale", 5, null);
	}

	@Test
	void whoRepliesForTheTargetIsNamed() {
		InetSocketAddress other = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 49_152);
		byte[] reply = {'a'};
		SendResult replied = result(1, 0, new Outcome.Replied(reply, 1, RoundTrip.jvm(1_500_000), other));
		assertThat(OutcomeText.line(replied)).isEqualTo("replied by 127.0.0.1:49152 in 1.500 ms: a");
		assertThat(ExchangeView.of(replied).repliedBy()).isEqualTo("127.0.0.1:49152");
		SendResult mismatched = result(1, 1, new Outcome.Mismatched(reply, RoundTrip.jvm(1_500_000), other));
		assertThat(OutcomeText.line(mismatched)).isEqualTo("mismatched by 127.0.0.1:49152 in 1.500 ms: a");
		assertThat(ResultText.detail(mismatched)).startsWith("127.0.0.1:49152 answered");
		assertThat(ExchangeView.of(mismatched).repliedBy()).isEqualTo("127.0.0.1:49152");
	}

}
