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
			sort=worst                       | dns-a echo dns-b [::1]:123
			sort=-worst                      | [::1]:123 dns-b echo dns-a
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
	@CsvSource({"'', 4, 'echo dns-b dns-a [::1]:123'", "limit=3, 4, echo dns-b dns-a",
			"offset=3&limit=3, 4, [::1]:123", "offset=2&limit=2, 4, dns-a [::1]:123", "offset=9, 4, ''",
			"offset=1000000&limit=10000, 4, ''", "state=up&limit=1&offset=1, 2, [::1]:123", "name=nobody, 0, ''"})
	void aPageSaysHowManyThereAre(String query, int total, String names) {
		TargetQuery.Page page = page(query);
		assertThat(page.total()).isEqualTo(total);
		assertThat(String.join(" ", names(page))).isEqualTo(names);
	}

	/**
	 * To know how ten thousand are takes its time.
	 */
	@Test
	void onlyWhoIsShownIsLookedAt() {
		List<Monitored> many = IntStream.range(0, 30).mapToObj((i) -> new Monitored("t" + i, "127.0.0.1:7", "dns"))
				.toList();
		TargetQuery.Page page = new TargetQuery(fields("module=dns&name=t&limit=10&offset=10")).page(List.copyOf(many));
		assertThat(page.targets()).hasSize(10).allMatch((status) -> status.since().equals(NOW));
		assertThat(many.stream().mapToInt(Monitored::looks).sum()).isEqualTo(10);
		new TargetQuery(fields("state=unknown&sort=since&limit=10")).page(List.copyOf(many));
		assertThat(many.stream().mapToInt(Monitored::looks).sum()).isEqualTo(40);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			limit=2          | 0  | 2   | 2   | <?limit=2&offset=0>; rel="first", <?limit=2&offset=0>; rel="last"
			""               | 0  | 100 | 101 | <?offset=0>; rel="first", <?offset=100>; rel="next", <?offset=100>; rel="last"
			offset=2         | 2  | 2   | 5   | <?offset=0>; rel="first", <?offset=0>; rel="prev", <?offset=4>; rel="next", <?offset=4>; rel="last"
			offset=1         | 1  | 2   | 5   | <?offset=0>; rel="first", <?offset=0>; rel="prev", <?offset=3>; rel="next", <?offset=4>; rel="last"
			offset=90        | 90 | 2   | 5   | <?offset=0>; rel="first", <?offset=4>; rel="prev", <?offset=4>; rel="last"
			name=a&offset=9  | 9  | 2   | 0   | <?name=a&offset=0>; rel="first", <?name=a&offset=0>; rel="prev", <?name=a&offset=0>; rel="last"
			label=a=b%3e&label=c=%26 | 0 | 9 | 1 | <?label=a%3Db%3E&label=c%3D%26&offset=0>; rel="first", <?label=a%3Db%3E&label=c%3D%26&offset=0>; rel="last"
			""")
	void linksLeadToTheOtherPages(String query, int offset, int limit, int total, String header) {
		assertThat(new PageLinks(fields(query), offset, limit, total).header()).isEqualTo(header);
	}

	/**
	 * The head of an answer takes 8 KiB, and then the service fails.
	 */
	@Test
	void aQueryThatDoesNotFitIntoLinksIsRefused() {
		Fields fields = fields("label=a=" + "%26".repeat(290) + "&label=b=" + "%26".repeat(290));
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> new PageLinks(fields, 0, 1, 9));
		assertThat(new PageLinks(fields("name=" + "%26".repeat(290)), 1, 1, 9).header()).hasSizeLessThan(6_500);
	}

	@Test
	void noTargetHasMoreLabelsThanMayBeAskedFor() {
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> fields("&label=a=b".repeat(17)));
		assertThat(fields("&label=a=b".repeat(16)).given().get(Field.LABEL_OF_TARGET)).hasSize(16);
	}

}
