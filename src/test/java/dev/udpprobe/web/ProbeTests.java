package dev.udpprobe.web;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code GET /probe} against real targets: one that replies, one that refuses, one that is silent.
 */
class ProbeTests extends HttpTests {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(probe_\\S+) (\\S+)$");

	private Map<String, Double> probe(String query) throws Exception {
		Answer answer = this.http.get("/probe?" + query);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.header("Content-Type").replace(" ", "")).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
		return SAMPLE.matcher(answer.text()).results()
				.collect(Collectors.toMap((sample) -> sample.group(1), (sample) -> Double.valueOf(sample.group(2))));
	}

	private String error(int status, String query) throws Exception {
		Answer answer = this.http.get("/probe?" + query);
		assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
		assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
		return answer.text();
	}

	@Test
	void aGoodAnswerIsASuccess() throws Exception {
		assertThat(probe("target=echo&module=word")).containsEntry("probe_success", 1.0)
				.containsEntry("probe_ip_protocol", 4.0)
				.containsEntry("probe_failed_due_to_regex", 0.0)
				.containsEntry("probe_udp_outcome{outcome=\"replied\"}", 1.0)
				.containsEntry("probe_udp_outcome{outcome=\"refused\"}", 0.0)
				.containsEntry("probe_udp_tries", 1.0)
				.containsEntry("probe_udp_strays", 0.0)
				.containsEntry("probe_udp_info{said=\"hello\"}", 1.0)
				// Of 127.0.0.1, by blackbox_exporter.
				.containsEntry("probe_ip_addr_hash", 3_668_918_509.0)
				.hasEntrySatisfying("probe_udp_round_trip_seconds",
						(seconds) -> assertThat(seconds).isBetween(0.0, 8.0))
				.hasEntrySatisfying("probe_duration_seconds", (seconds) -> assertThat(seconds).isPositive());
	}

	@Test
	void anAnswerThatIsNotGoodIsAFailureAndNoError() throws Exception {
		assertThat(probe("target=echo&module=word&module.word=adieu")).containsEntry("probe_success", 0.0)
				.containsEntry("probe_failed_due_to_regex", 1.0)
				.containsEntry("probe_udp_outcome{outcome=\"replied\"}", 1.0)
				.containsEntry("probe_udp_info{said=\"adieu\"}", 1.0);
	}

	@Test
	void aRefusalIsToldWithItsReporter() throws Exception {
		assertThat(probe("target=closed&module=word")).containsEntry("probe_success", 0.0)
				.containsEntry("probe_udp_outcome{outcome=\"refused\"}", 1.0)
				.hasKeySatisfying(new org.assertj.core.api.Condition<>((key) -> key.matches(
						"probe_icmp_error_info\\{code=\"port-unreachable\",reporter=\"(127\\.0\\.0\\.1)?\",type=\"destination-unreachable\"}"),
						"the ICMP error"));
	}

	/**
	 * The header leaves it half a tenth of a second.
	 */
	@Test
	void silenceIsNoSuccess() throws Exception {
		Answer answer = this.http.ask(this.http.request("/probe?target=silent&module=word")
				.header("X-Prometheus-Scrape-Timeout-Seconds", "0.1"));
		assertThat(answer.text()).contains("probe_success 0.0", "probe_udp_outcome{outcome=\"timed-out\"} 1.0",
				"probe_timeout_seconds 0.05\n")
				.doesNotContain("probe_udp_round_trip_seconds", "probe_icmp_error_info", "probe_udp_info");
	}

	@Test
	void aNameWithoutAnAddressIsAFailureWithoutAProtocol() throws Exception {
		assertThat(probe("target=x.invalid:53&module=dns")).containsEntry("probe_success", 0.0)
				.containsEntry("probe_ip_protocol", 0.0)
				.containsEntry("probe_ip_addr_hash", 0.0)
				.containsEntry("probe_udp_outcome{outcome=\"unresolved\"}", 1.0)
				.containsEntry("probe_udp_tries", 0.0)
				.containsEntry("probe_dns_query_succeeded", 0.0)
				.containsEntry("probe_dns_duration_seconds{phase=\"request\"}", 0.0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			target=echo&module=dsn                | 400 | Unknown module "dsn"
			module=dsn                            | 400 | Unknown module "dsn"
			target=echo&module=a%22%5C%0A%C3%A4   | 400 | Unknown module "a\\"\\\\\\n\u00e4"
			module=word                           | 400 | Target parameter is missing
			target=&module=word                   | 400 | Target parameter is missing
			target=echo                           | 400 | bad-request: module: it is missing, and the target has none of its own; GET /modules lists them
			target=echo&module=word&module.x=1    | 400 | bad-request: module.x: the module word has no such setting; it has word
			target=echo&module=word&module.word=x | 400 | bad-request: module.word: 'x' is not hello, adieu, 7
			target=echo&module=secretive&module.key=x | 400 | bad-request: module.key: it is a secret, which the configuration alone may give
			target=echo&module=word&hostname=x    | 400 | bad-request: hostname: there is no such field; there are module, target, debug
			target=echo&module=word&debug=1       | 400 | bad-request: debug: '1' is not one of true, false
			target=echo&target=echo&module=word   | 400 | bad-request: target: it is given more than once and takes one value
			""")
	void whatIsWrongIsALineOfText(String query, int status, String text) throws Exception {
		assertThat(error(status, query)).isEqualTo(text + "\n");
	}

	@Test
	void aForbiddenTargetIsALineOfText() throws Exception {
		assertThat(error(403, "target=192.0.2.1:53&module=dns")).startsWith("forbidden-target: the policy allows no");
	}

	@ParameterizedTest
	@ValueSource(strings = {"soon", "1_0", "5s", "0x1p4", "NaN", "-5", "-inf", "1e999"})
	void aHeaderThatSaysNoTimeIsAnErrorBeforeTheTargetIsLookedFor(String header) throws Exception {
		Answer answer = this.http.ask(this.http.request("/probe?module=word")
				.header("X-Prometheus-Scrape-Timeout-Seconds", header));
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.text()).startsWith(
				"Failed to parse timeout from Prometheus header: strconv.ParseFloat: parsing \"" + header + "\": ");
	}

	@ParameterizedTest
	@CsvSource({"10, 8.0", "'', 8.0", "0, 8.0", "inf, 8.0", "3, 2.5", "0.5, 0.25", "1e-1, 0.05", ".6, 0.3"})
	void theHeaderIsTheMostLessHalfASecond(String header, double timeout) throws Exception {
		Answer answer = this.http.ask(this.http.request("/probe?target=echo&module=word")
				.header("X-Prometheus-Scrape-Timeout-Seconds", header));
		assertThat(SAMPLE.matcher(answer.text()).results()
				.filter((sample) -> sample.group(1).equals("probe_timeout_seconds"))
				.map((sample) -> Double.valueOf(sample.group(2))))
				.singleElement()
				.satisfies((seconds) -> assertThat(seconds).isCloseTo(timeout,
						org.assertj.core.data.Offset.offset(1e-9)));
	}

	@Test
	void debugTellsHowItWent() throws Exception {
		Answer answer = this.http.get("/probe?target=echo&module=word&debug=true");
		assertThat(answer.header("Content-Type")).startsWith("text/plain");
		assertThat(answer.text()).startsWith("Logs for the probe:\n")
				.containsSubsequence("asks echo by the module word, for at most 8000.000 ms",
						"the address is " + echoAddress(), "sends from 127.0.0.1:", " 5 bytes: 68656c6c6f\n",
						"receives 9 bytes, the answer: 48692c2068656c6c6f\n",
						"success: echo (" + echoAddress() + ") replied",
						"\n\n\nMetrics that would have been returned:\n", "probe_success 1.0\n",
						"\n\n\nModule configuration:\nmodule: word\nword: hello\n");
	}

	@Test
	void noSecretIsInTheLog() throws Exception {
		String text = this.http.get("/probe?target=echo&module=secretive&debug=true").text();
		assertThat(text).contains("sends from", "2a2a2a2a2a2a21", "key: ***").doesNotContain("s3cret", "733363726574");
	}

}
