package dev.udpprobe.web;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code GET /check} against real targets.
 */
class CheckTests extends HttpTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			target=echo&module=word                   | 200 | echo \\(.*\\) replied: it says hello, in .* ms
			module=word                               | 200 | echo \\(.*\\) replied: it says hello, in .* ms
			target=echo&module=word&module.word=adieu | 503 | echo \\(.*\\) replied: it says adieu, in .* ms, which is not good: .*
			target=closed&module=word                 | 503 | closed \\(.*\\) refused: nobody listens on that port \\(ICMP port unreachable\\)\\.
			target=silent&module=word&timeout=30ms    | 503 | silent \\(.*\\) was silent for 30 ms; perhaps it is asleep\\.
			target=x.invalid:7&module=word            | 503 | Nothing was sent: 'x.invalid' has no address\\.
			target=echo&module=dsn                    | 400 | bad-request: module: there is no module 'dsn'; GET /modules lists them
			target=echo&module=any                    | 400 | bad-request: module.message: it is missing; the module any takes text
			target=echo                               | 400 | bad-request: module: it is missing, and the target has none .*
			target=192.0.2.1:9&module=word            | 403 | forbidden-target: .*
			""")
	void theStatusIsTheVerdict(String query, int status, String line) throws Exception {
		Answer answer = this.http.ask(this.http.request("/check?" + query).header("Accept", "text/plain"));
		assertThat(answer.text().strip()).matches(line);
		assertThat(answer.status()).isEqualTo(status);
	}

	@Test
	void jsonSaysAllThatIsKnown() throws Exception {
		Answer alive = this.http.get("/check?target=echo&module=word");
		assertThat(alive.status()).isEqualTo(200);
		assertThat(alive.json()).containsEntry("outcome", "replied").containsEntry("verdict", "pass")
				.containsEntry("fields", Map.of("said", "hello"));
		assertThat(this.http.get("/check?target=closed&module=word").problem(503)).containsEntry("outcome", "refused")
				.containsEntry("verdict", "fail").containsKey("detail");
		assertThat(this.http.get("/check?target=echo&module=word&module.word=adieu").problem(503))
				.containsEntry("outcome", "replied").containsEntry("reason", "said is adieu, not hello");
	}

	@Test
	void aHeadIsEnough() throws Exception {
		assertThat(this.http.ask(this.http.request("/check?target=closed&module=word").HEAD()).status()).isEqualTo(503);
	}

}
