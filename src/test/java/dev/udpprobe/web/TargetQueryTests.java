package dev.udpprobe.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.State;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static dev.udpprobe.web.Monitored.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TargetQueryTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final List<MonitoredTarget> targets = List.of(
			new Monitored("echo", "127.0.0.1:7007", null).is(State.UNKNOWN, MINUTE.multipliedBy(9)),
			new Monitored("dns-b", "NS2.example:53", "dns", "site", "north", "tier", "1")
					.is(State.UP, MINUTE.multipliedBy(3))
					.losing(0.02)
					.last(replied(2_000), Duration.ofSeconds(3), null),
			new Monitored("dns-a", "ns1.example:53", "dns", "site", "south").is(State.DOWN, MINUTE).losing(0.5)
					.last(new Outcome.Refused(IcmpMessage.refusal(false), RoundTrip.jvm(1_000)), Duration.ofSeconds(9),
							null),
			new Monitored("[::1]:123", "[::1]:123", "ntp", "site", "north").is(State.UP, MINUTE.multipliedBy(2))
					.losing(0)
					.last(new Outcome.TimedOut(), Duration.ofSeconds(1), null));

	private static Outcome replied(long nanos) {
		return new Outcome.Replied(new byte[0], RoundTrip.jvm(nanos));
	}

	private static Fields fields(String query) {
		Fields fields = new Fields(Field.Request.TARGETS);
		FormData.read(query.getBytes(StandardCharsets.UTF_8), fields::add);
		return fields;
	}

	private TargetQuery.Page page(String query) {
		return new TargetQuery(fields(query)).page(this.targets);
	}

	private static List<String> names(TargetQuery.Page page) {
		return page.targets().stream().map((status) -> status.spec().name()).toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			""                               | echo dns-b dns-a [::1]:123
			state=down                       | dns-a
			state=unknown                    | echo
			module=dns                       | dns-b dns-a
			module=DNS                       |
			outcome=refused                  | dns-a
			outcome=replied                  | dns-b
			label=site=north                 | dns-b [::1]:123
			label=site=north&label=tier=1    | dns-b
			label=site=                      | echo
			label=site                       | !
			label==north                     | !
			label=site=north&label=site=west | !
			name=DNS-                        | dns-b dns-a
			name=ns2.EXAMPLE                 | dns-b
			name=:53&state=up                | dns-b
			name=[::1]                       | [::1]:123
			sort=name                        | [::1]:123 dns-a dns-b echo
			sort=-name                       | echo dns-b dns-a [::1]:123
			sort=state                       | dns-a echo dns-b [::1]:123
			sort=-state                      | dns-b [::1]:123 echo dns-a
			sort=since                       | echo dns-b [::1]:123 dns-a
			sort=-since                      | dns-a [::1]:123 dns-b echo
			sort=loss                        | [::1]:123 dns-b dns-a echo
			sort=-loss                       | dns-a dns-b [::1]:123 echo
			sort=round-trip                  | dns-a dns-b echo [::1]:123
			sort=-round-trip                 | dns-b dns-a echo [::1]:123
			sort=last                        | dns-a dns-b [::1]:123 echo
			sort=-last                       | [::1]:123 dns-b dns-a echo
			""")
	void targetsAreChosenAndSorted(String query, String expected) {
		if ("!".equals(expected)) {
			assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> page(query));
		}
		else {
			assertThat(String.join(" ", names(page(query)))).isEqualTo((expected != null) ? expected : "");
		}
	}

	@ParameterizedTest
	@CsvSource({"'', 4, 1, 'echo dns-b dns-a [::1]:123'", "page=1&size=3, 4, 2, echo dns-b dns-a",
			"page=2&size=3, 4, 2, [::1]:123", "page=2&size=2, 4, 2, dns-a [::1]:123", "page=9, 4, 1, ''",
			"page=1000000&size=1000, 4, 1, ''", "state=up&size=1&page=2, 2, 2, [::1]:123", "name=nobody, 0, 1, ''"})
	void aPageSaysHowManyThereAre(String query, int total, int last, String names) {
		TargetQuery.Page page = page(query);
		assertThat(page.total()).isEqualTo(total);
		assertThat(page.last()).isEqualTo(last);
		assertThat(String.join(" ", names(page))).isEqualTo(names);
	}

	/**
	 * To know how ten thousand are takes its time.
	 */
	@Test
	void onlyWhoIsShownIsLookedAt() {
		List<Monitored> many = IntStream.range(0, 30).mapToObj((i) -> new Monitored("t" + i, "127.0.0.1:7", "dns"))
				.toList();
		TargetQuery.Page page = new TargetQuery(fields("module=dns&name=t&size=10&page=2")).page(List.copyOf(many));
		assertThat(page.targets()).hasSize(10).allMatch((status) -> status.since().equals(NOW));
		assertThat(many.stream().mapToInt(Monitored::looks).sum()).isEqualTo(10);
		new TargetQuery(fields("state=unknown&sort=since&size=10")).page(List.copyOf(many));
		assertThat(many.stream().mapToInt(Monitored::looks).sum()).isEqualTo(40);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			size=2                       | 1 | 1 | <?size=2&page=1>; rel="first", <?size=2&page=1>; rel="last"
			""                           | 1 | 2 | <?page=1>; rel="first", <?page=2>; rel="next", <?page=2>; rel="last"
			page=2                       | 2 | 3 | <?page=1>; rel="first", <?page=1>; rel="prev", <?page=3>; rel="next", <?page=3>; rel="last"
			page=9                       | 9 | 3 | <?page=1>; rel="first", <?page=3>; rel="prev", <?page=3>; rel="last"
			label=a=b%3e&label=c=%26&page=1 | 1 | 1 | <?label=a%3Db%3E&label=c%3D%26&page=1>; rel="first", <?label=a%3Db%3E&label=c%3D%26&page=1>; rel="last"
			""")
	void linksLeadToTheOtherPages(String query, int page, int last, String header) {
		assertThat(new PageLinks(fields(query), page, last).header()).isEqualTo(header);
	}

	/**
	 * The head of an answer takes 8 KiB, and then the service fails.
	 */
	@Test
	void aQueryThatDoesNotFitIntoLinksIsRefused() {
		Fields fields = fields("label=a=" + "%26".repeat(290) + "&label=b=" + "%26".repeat(290));
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> new PageLinks(fields, 1, 9));
		assertThat(new PageLinks(fields("name=" + "%26".repeat(290)), 2, 9).header()).hasSizeLessThan(6_500);
	}

	@Test
	void noTargetHasMoreLabelsThanMayBeAskedFor() {
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> fields("&label=a=b".repeat(17)));
		assertThat(fields("&label=a=b".repeat(16)).given().get(Field.LABEL_OF_TARGET)).hasSize(16);
	}

}
