package dev.udpprobe.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code /send} tells of the datagrams themselves.
 */
class DatagramsTests extends HttpTests {

	private List<String> send(String form) throws Exception {
		JsonNode answer = JsonMapper.shared().readTree(this.http.form("datagrams=true&" + form).bytes());
		return answer.path("datagrams").valueStream().map(DatagramsTests::told).toList();
	}

	private static String told(JsonNode datagram) {
		assertThat(datagram.path("afterMicros").asDouble()).isPositive();
		return "%s %d: %s".formatted(datagram.path("what").asString(), datagram.path("bytes").asInt(),
				new String(Base64.getDecoder().decode(datagram.path("base64").asString()), StandardCharsets.UTF_8));
	}

	@Test
	void aMessageAndItsReply() throws Exception {
		assertThat(send("message=hello")).containsExactly("sent 5: hello", "answer 9: Hi, hello");
		assertThat(send("message=hello&socket=unconnected")).containsExactly("sent 5: hello", "answer 9: Hi, hello");
	}

	@Test
	void withoutAReplyWhatWasSent() throws Exception {
		assertThat(send("message=hello&target=closed")).containsExactly("sent 5: hello");
		assertThat(send("message=&target=closed")).containsExactly("sent 0: ");
	}

	@Test
	void whatDidNotLeaveIsNotTold() throws Exception {
		assertThat(send("message=%s&dontFragment=true&target=127.0.0.1:9".formatted("x".repeat(65_508)))).isEmpty();
	}

	@Test
	void ofALongOneTheBeginning() throws Exception {
		String message = "x".repeat(1_000);
		assertThat(send("message=" + message)).containsExactly("sent 1000: " + message.substring(0, 256),
				"answer 1004: Hi, " + message.substring(0, 252));
	}

	@Test
	void ofAModuleAllButItsSecret() throws Exception {
		assertThat(send("module=secretive")).containsExactly("sent 7: ******!", "answer 11: Hi, ******!");
		assertThat(send("module=word")).containsExactly("sent 5: hello", "answer 9: Hi, hello");
	}

	@Test
	void onlyIfAsked() throws Exception {
		assertThat(this.http.form("message=hello").json()).doesNotContainKey("datagrams");
	}

}
