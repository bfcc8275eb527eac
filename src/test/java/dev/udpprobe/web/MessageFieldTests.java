package dev.udpprobe.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message may be written as text, in hexadecimal digits and in Base64.
 */
class MessageFieldTests extends HttpTests {

	@ParameterizedTest
	@ValueSource(strings = {"message=h%C3%A9", "messageHex=68c3a9", "messageHex=68%20C3+a9", "messageHex=:68:c3:a9%0a",
			"messageBase64=aMOp"})
	void inAForm(String message) throws Exception {
		assertThat(this.http.form(message).json()).containsEntry("bytesSent", 3).containsEntry("reply", "Hi, hé");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"message": "h\u00e9"}
			{"messageHex": "68 c3 a9", "message": null}
			{"messageBase64": "aMOp", "target": "echo"}
			""")
	void inJson(String body) throws Exception {
		assertThat(this.http.json(body).json()).containsEntry("bytesSent", 3).containsEntry("reply", "Hi, hé");
	}

	@ParameterizedTest
	@ValueSource(strings = {"messageHex=", "messageBase64=", "messageHex=+:+"})
	void mayBeEmpty(String message) throws Exception {
		assertThat(this.http.form(message).json()).containsEntry("bytesSent", 0).containsEntry("reply", "Hi, ");
	}

	/** A form takes five bytes for each byte of such a message. */
	@ParameterizedTest
	@ValueSource(strings = {"61", "61%20"})
	void mayBeAsLongAsADatagram(String one) throws Exception {
		assertThat(this.http.form("messageHex=" + one.repeat(65_503)).json()).containsEntry("bytesSent", 65_503)
				.containsEntry("bytesReceived", 65_507);
	}

}
