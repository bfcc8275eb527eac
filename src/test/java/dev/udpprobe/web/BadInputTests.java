package dev.udpprobe.web;

import java.util.List;
import java.util.Map;

import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong with a request is said by a problem that names the field and what it takes,
 * and nothing is sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTests extends HttpTests {

	private static final String SENT = "udp_client_datagrams_sent_total";

	private double sentBefore;

	@BeforeAll
	void countSent() throws Exception {
		this.sentBefore = new Http(this.port).sum(SENT);
	}

	@AfterEach
	void nothingWasSent() throws Exception {
		assertThat(this.http.sum(SENT)).isEqualTo(this.sentBefore);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                                  | message | it is missing
			{"target": "echo"}                  | message | it is missing
			{"message": null}                   | message | it is missing
			{"message": 1}                      | message | a JSON string
			{"message": 1.5}                    | message | a JSON string
			{"message": true}                   | message | a JSON string
			{"message": ["a"]}                  | message | a JSON string
			{"message": {"a": "b"}}             | message | a JSON string
			{"message": "\\ud83d"}              | message | half a surrogate pair
			{"message": "\\ude00\\ud83d"}       | message | half a surrogate pair
			{"messageHex": "6"}                 | messageHex | the last one is missing
			{"messageHex": "6 86 9"}            | messageHex | character 2 is no digit
			{"messageHex": "0x68"}              | messageHex | character 2 is no digit
			{"messageHex": "6\u0666"}          | messageHex | character 2 is no digit
			{"messageHex": 68}                  | messageHex | a JSON string
			{"messageBase64": "aGVsbG8*"}       | messageBase64 | it is not Base64
			{"messageBase64": "a"}              | messageBase64 | it is not Base64
			{"message": "a", "messageHex": "61"} | messageHex | it stands beside message
			{"message": "", "messageBase64": ""} | messageBase64 | it stands beside message
			{"message": "a", "sourcePort": 0}   | sourcePort | from 1 to 65535
			{"message": "a", "sourcePort": 65536} | sourcePort | from 1 to 65535
			{"message": "a", "sourcePort": 9, "socket": "unconnected"} | sourcePort | a connected socket
			{"message": "a", "target": 53}      | target  | a JSON string
			{"message": "a", "timeout": 500}    | timeout | a JSON string
			{"message": "a", "socket": false}   | socket  | a JSON string
			{"message": "a", "tiemout": "1s"}   | tiemout | message, messageHex, messageBase64, module, target, timeout, socket, ttl, dscp
			{"message": "a", "Message": "b"}    | Message | message, messageHex, messageBase64, module, target, timeout, socket, ttl, dscp
			{"message": "a", "message": "b"}    | body    | message
			{"message":                         | body    | it is not JSON
			{"message": "a"} {}                 | body    | a JSON object
			{"message": "a"} x                  | body    | it is not JSON
			{"message": "a",}                   | body    | it is not JSON
			{'message': 'a'}                    | body    | it is not JSON
			message=hello                       | body    | it is not JSON
			null                                | body    | a JSON object
			[]                                  | body    | a JSON object
			[{"message": "a"}]                  | body    | a JSON object
			"hello"                             | body    | a JSON object
			``                                  | body    | a JSON object
			""")
	void jsonIsReadToTheLetter(String body, String field, String takes) throws Exception {
		assertNames(field, takes, this.http.json(body));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``                           | message | it is missing
			target=echo                  | message | it is missing
			message=a&message=b          | message | given more than once
			message=a&timeout=1s&timeout=1s | timeout | given more than once
			message=a&tiemout=1s         | tiemout | message, messageHex, messageBase64, module, target, timeout, socket, ttl, dscp
			""")
	void aFormHasNoOtherFieldsAndEachOnce(String body, String field, String takes) throws Exception {
		assertNames(field, takes, this.http.form(body));
	}

	@ParameterizedTest
	@ValueSource(strings = {"message=%zz", "message=a%", "message=a&target=%f", "message=%FF", "message=a%ed%a0%bd"})
	void aFormThatIsNotPercentEncodedUtf8IsAProblem(String body) throws Exception {
		assertThat(this.http.form(body).problem(400)).containsKey("field");
	}

	@ParameterizedTest
	@CsvSource({
			"text/plain, tiemout=1s, tiemout, 'there are module, target, timeout, socket, ttl, dscp, dontFragment, source, sourcePort'",
			"text/plain, message=a, message, 'there are module, target, timeout, socket, ttl, dscp, dontFragment, source, sourcePort'",
			"application/octet-stream, message=a, message, 'there are module, target, timeout, socket, ttl, dscp, dontFragment, source, sourcePort'",
			"text/plain, timeout=1s&timeout=2s, timeout, given more than once",
			"application/octet-stream, target, target, port from 1 to 65535",
			"application/json, target=echo, target, stand in the body",
			"application/json, tiemout=1s, tiemout, stand in the body",
			"application/x-www-form-urlencoded, tiemout=1s, tiemout, 'message, messageHex, messageBase64, module, target, timeout, socket, ttl'"})
	void theQueryHasNoOtherParametersAndEachOnce(String type, String query, String field, String takes)
			throws Exception {
		String body = type.endsWith("json") ? "{\"message\": \"a\"}" : "message=a";
		assertNames(field, takes, this.http.post("/send?" + query, type, body));
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void aQueryThatIsNotPercentEncodedIsAProblem(SendForm form) throws Exception {
		try (RawRequest request = new RawRequest(this.port, "POST /send?timeout=%zz", "Content-Type: " + form.type(),
				"Content-Length: 15")) {
			request.bytes((form == SendForm.JSON) ? "{\"message\":\"a\"}" : "message=a&socket");
			assertThat(request.head()).startsWith("HTTP/1.1 400").contains("Content-Type: application/problem+json");
			assertThat(request.line()).contains("\"field\":\"timeout\"", "percent-encoded");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "::1", "::1:53", "127.0.0.1:0", "127.0.0.1:65536",
			"127.0.0.1:-1", "127.0.0.1:dns", "300.1.1.1:53", "1.2.3:53", "127.1:53", "0x7f000001:53", "2130706433:53",
			"[127.0.0.1]:53", "[fe80::1::2]:53", ":53", "a b:53", "udp://127.0.0.1:53", "nobody", "ad-hoc", "Echo", "",
			" echo"})
	void aTargetThatIsNoneIsAnsweredWithWhatIsTaken(String target) throws Exception {
		for (SendForm form : SendForm.values()) {
			assertNames("target", HostAndPort.TAKES, form.send(this.http, "a", Map.of("target", target)))
					.contains("echo, closed, silent");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"0s", "0ms", "-1ms", "-5s", "PT-1S", "10001ms", "11s", "1h", "99999d", "PT9999999999H",
			"PT2562047788015215H", "-PT2562047788015215H"})
	void aTimeoutOutOfRangeIsAnsweredWithTheRange(String timeout) throws Exception {
		for (SendForm form : SendForm.values()) {
			assertNames("timeout", "10000 ms", form.send(this.http, "a", Map.of("timeout", timeout)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"soon", "", " ", "500", "1.5s", "1 s", "s", "PT", "5 minutes", "1s2ms", "0x10ms",
			"99999999999999999999s", "9999999999999999d", "NaN"})
	void aTimeoutThatIsNoDurationIsAnsweredWithOne(String timeout) throws Exception {
		for (SendForm form : SendForm.values()) {
			assertNames("timeout", "500ms, 2s or PT0.5S", form.send(this.http, "a", Map.of("timeout", timeout)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"raw", "", "CONNECTED", "connected "})
	void aSocketThatIsNoneIsAnsweredWithWhatThereIs(String socket) throws Exception {
		for (SendForm form : SendForm.values()) {
			assertNames("socket", "connected, unconnected", form.send(this.http, "a", Map.of("socket", socket)));
		}
	}

	@ParameterizedTest
	@CsvSource({"ttl,0,from 1 to 255", "ttl,256,from 1 to 255", "ttl,-1,from 1 to 255", "ttl,1.5,from 1 to 255",
			"ttl,'',from 1 to 255", "ttl,99999999999,from 1 to 255", "ttl,0x10,from 1 to 255", "dscp,64,from 0 to 63",
			"dscp,ef,from 0 to 63", "dontFragment,yes,'true, false'", "dontFragment,'','true, false'",
			"dontFragment,TRUE,'true, false'", "source,localhost,not an IP address", "source,'',not an IP address",
			"source,127.0.0.1:53,not an IP address", "source,127.1,not an IP address"})
	void anOptionThatIsNoneIsAnsweredWithWhatIsTaken(String option, String value, String takes) throws Exception {
		for (SendForm form : List.of(SendForm.FORM, SendForm.TEXT, SendForm.BYTES)) {
			assertNames(option, takes, form.send(this.http, "a", Map.of(option, value)));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"message": "a", "ttl": "4"}             | ttl          | a whole number in JSON
			{"message": "a", "ttl": 4.0}             | ttl          | a whole number in JSON
			{"message": "a", "ttl": 0}               | ttl          | from 1 to 255
			{"message": "a", "ttl": 1e99}            | ttl          | a whole number in JSON
			{"message": "a", "ttl": 123456789012345678901234567890} | ttl | from 1 to 255
			{"message": "a", "dscp": true}           | dscp         | a whole number in JSON
			{"message": "a", "dontFragment": "true"} | dontFragment | true or false in JSON
			{"message": "a", "dontFragment": 1}      | dontFragment | true or false in JSON
			{"message": "a", "source": 1}            | source       | a JSON string
			{"message": "a", "source": "::1::"}      | source       | not an IP address
			""")
	void anOptionInJsonHasItsOwnType(String body, String field, String takes) throws Exception {
		assertNames(field, takes, this.http.json(body));
	}

	@ParameterizedTest
	@ValueSource(strings = {"text/html", "application/xml", "image/png", "multipart/form-data",
			"multipart/form-data;boundary=b", "bogus"})
	void aBodyOfAnotherTypeIsNotTaken(String type) throws Exception {
		Answer answer = this.http.post("/send", type, "message=hello");
		answer.problem(415);
		assertThat(answer.header("Accept")).contains(Http.JSON, Http.FORM, Http.TEXT, Http.BYTES);
	}

	@Test
	void onlyPostSends() throws Exception {
		Answer answer = this.http.get("/send?message=hello");
		answer.problem(405);
		assertThat(answer.header("Allow")).isEqualTo("POST");
		this.http.get("/send/lines").problem(405);
	}

	private static AbstractStringAssert<?> assertNames(String field, String takes,
			Answer answer) {
		Map<String, Object> problem = answer.problem(400);
		assertThat(problem).containsEntry("field", field).containsEntry("type", "urn:udp-probe:bad-request");
		return assertThat(String.valueOf(problem.get("detail"))).startsWith(field + ": ").contains(takes);
	}

}
