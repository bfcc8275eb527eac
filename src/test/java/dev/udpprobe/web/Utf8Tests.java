package dev.udpprobe.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JSON is UTF-8 (RFC 8259 8.1), and of each character its one form (RFC 3629 3).
 */
class Utf8Tests extends HttpTests {

	@ParameterizedTest
	@ValueSource(strings = {"c080", "c1bf", "e08080", "e09fbf", "f0808080", "f08fbfbf", "eda080", "edbfbf",
			"eda0bdedb880", "f4908080", "f5808080", "ff", "80", "c3", "e282", "fc80808080af"})
	void otherBytesAreNoText(String hex) throws Exception {
		byte[] bytes = HexFormat.of().parseHex(hex);
		// In the value as in a name, which the parser reads by other code.
		for (String json : new String[]{"{\"message\": \"a%sb\"}", "{\"message%s\": \"a\"}"}) {
			byte[] body = json.formatted(new String(bytes, StandardCharsets.ISO_8859_1))
					.getBytes(StandardCharsets.ISO_8859_1);
			assertThat(this.http.post("/send", Http.JSON, body).problem(400)).containsEntry("field", "body")
					.containsEntry("detail", "body: it is not UTF-8");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
	void otherEncodingsAreNotGuessed(String charset) throws Exception {
		byte[] body = "{\"message\": \"a\"}".getBytes(Charset.forName(charset));
		assertThat(this.http.post("/send", Http.JSON, body).problem(400)).containsEntry("field", "body");
	}

	@ParameterizedTest
	@ValueSource(strings = {"\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "\ud800\udc00",
			"\udbff\udfff"})
	void everyCharacterIsTaken(String text) throws Exception {
		assertThat(this.http.json("{\"message\": \"%s\"}".formatted(text)).json()).containsEntry("reply",
				"Hi, " + text);
	}

	@Test
	void aByteOrderMarkIsNoJson() throws Exception {
		String body = "\ufeff{\"message\": \"a\"}";
		assertThat(String.valueOf(this.http.json(body).problem(400).get("detail"))).startsWith("body: it is not JSON");
	}

}
