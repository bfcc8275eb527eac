package dev.udpprobe.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.SendResult;

import static org.assertj.core.api.Assertions.assertThat;

class AnswersTests extends HttpTests {

	private static final List<String> OWN = List.of("type", "title", "status", "detail", "instance");

	private static final RoundTrip ROUND_TRIP = new RoundTrip(11_842, RoundTrip.Clock.KERNEL, 72_152);

	@Autowired
	JsonMapper json;

	static Stream<Outcome> outcomes() {
		InetSocketAddress other = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
		IcmpMessage icmp = new IcmpMessage(3, 4, IcmpMessage.refusal(false).meaning(), other.getAddress());
		return Stream.of(new Outcome.TimedOut(), new Outcome.Misaddressed(other, new byte[]{'a'}, ROUND_TRIP),
				new Outcome.Misaddressed(other, new byte[]{-1}, RoundTrip.jvm(1)),
				new Outcome.Mismatched(new byte[]{'a'}, ROUND_TRIP, null),
				new Outcome.TooBig("it is", 1_400, icmp, ROUND_TRIP));
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void aProblemHasTheFieldsOfAnExchangeInTheirOrder(Outcome outcome) {
		InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);
		Exchange exchange = new Exchange(remote, remote, 1, 5, List.of(), 0, outcome);
		assertSameFields(
				new SendResult(Target.adHoc(new HostAndPort("127.0.0.1", 7)), Duration.ofSeconds(1), exchange));
	}

	@Test
	void whatAnExchangeDoesNotHaveIsNoFieldOfAProblem() {
		Exchange exchange = Exchange.unsent(null, new Outcome.Unresolved("there is no such name", false));
		assertSameFields(
				new SendResult(Target.adHoc(new HostAndPort("x.invalid", 7)), Duration.ofSeconds(1), exchange));
	}

	private void assertSameFields(SendResult result) {
		JsonNode view = this.json.readTree(this.json.writeValueAsBytes(ExchangeView.of(result)));
		JsonNode problem = this.json
				.readTree(this.json.writeValueAsBytes(Answers.exchange(result, AnswerForm.ANY).getBody()));
		assertThat(problem.propertyNames()).startsWith("outcome", "detail").endsWith("type", "title", "status");
		assertThat(problem.propertyNames().stream().filter((name) -> !OWN.contains(name)))
				.containsExactlyElementsOf(view.propertyNames());
		view.forEachEntry((name, value) -> assertThat(problem.path(name)).as(name).isEqualTo(value));
	}

}
