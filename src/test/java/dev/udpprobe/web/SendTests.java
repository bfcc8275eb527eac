package dev.udpprobe.web;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

class SendTests extends HttpTests {

	private static final String LOCAL_ADDRESS = "127\\.0\\.0\\.1:\\d+";

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void answersInTheFormOfTheRequestAndSaysHowLongItTook(SendForm form) throws Exception {
		Answer answer = form.send(this.http, "hello", Map.of());
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(form.reply(answer)).isEqualTo("Hi, hello");
		assertThat(answer.header("Server-Timing"))
				.matches("udp;dur=\\d+\\.\\d{3};desc=(kernel|jvm), overhead;dur=\\d+\\.\\d{3}");
		assertThat(answer.header("Content-Type")).isEqualTo(switch (form) {
			case JSON, FORM -> "application/json";
			case TEXT -> "text/plain;charset=UTF-8";
			case BYTES -> "application/octet-stream";
		});
	}

	@ParameterizedTest
	@EnumSource(value = SendForm.class, names = {"JSON", "FORM"})
	void tellsEverythingOfTheExchangeAsJson(SendForm form) throws Exception {
		Map<String, Object> exchange = withDetail(form.send(this.http, "hello", Map.of()).json());
		assertThat(exchange).containsOnlyKeys("outcome", "target", "remoteAddress", "localAddress", "bytesSent",
				"bytesReceived", "reply", "roundTripMicros", "clock", "overheadMicros");
		assertThat(exchange).containsEntry("outcome", "replied")
				.containsEntry("target", "echo")
				.containsEntry("remoteAddress", echoAddress())
				.containsEntry("bytesSent", 5)
				.containsEntry("bytesReceived", 9);
		assertThat(exchange).extractingByKey("localAddress").asString().matches(LOCAL_ADDRESS);
		assertThat(exchange).extractingByKey("roundTripMicros").asInstanceOf(DOUBLE).isPositive();
		assertThat(exchange).extractingByKey("overheadMicros").asInstanceOf(DOUBLE).isNotNegative();
		assertThat(exchange).containsEntry("clock", KernelDetail.find().times() ? "kernel" : "jvm");
	}

	/**
	 * As if the kernel told its times where it does not.
	 */
	private static Map<String, Object> withDetail(Map<String, Object> exchange) {
		Map<String, Object> detailed = new HashMap<>(exchange);
		if (!KernelDetail.find().times()) {
			detailed.put("overheadMicros", 0.0);
		}
		return detailed;
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void sendsTextAsUtf8(SendForm form) throws Exception {
		Answer answer = form.send(this.http, "größer \u20ac \ud83d\ude00 +&=%\"\\\u0000\r\n", Map.of());
		assertThat(form.reply(answer)).isEqualTo("Hi, größer \u20ac \ud83d\ude00 +&=%\"\\\u0000\r\n");
	}

	@Test
	void takesAFormAsCurlSendsIt() throws Exception {
		assertThat(this.http.form("message=größer \u20ac+%E2%82%AC").json()).containsEntry("reply",
				"Hi, größer \u20ac \u20ac");
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void sendsAnEmptyMessage(SendForm form) throws Exception {
		Answer answer = form.send(this.http, "", Map.of());
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(form.reply(answer)).isEqualTo("Hi, ");
	}

	@Test
	void sendsAnEmptyMessageUnconnected() throws Exception {
		assertThat(this.http.form("message=&socket=unconnected").json()).containsEntry("reply", "Hi, ")
				.containsEntry("bytesSent", 0);
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void sendsTheLongestMessageWhoseReplyIsADatagram(SendForm form) throws Exception {
		String message = "x".repeat(65_503);
		Answer answer = form.send(this.http, message, Map.of());
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(form.reply(answer)).hasSize(65_507).isEqualTo("Hi, " + message);
	}

	@Test
	void sendsBytesThatAreNoText() throws Exception {
		Answer answer = this.http.post("/send", Http.BYTES, new byte[]{0, (byte) 0xff, (byte) 0xfe, '\n', (byte) 0x80});
		assertThat(answer.bytes())
				.isEqualTo(new byte[]{'H', 'i', ',', ' ', 0, (byte) 0xff, (byte) 0xfe, '\n', (byte) 0x80});
	}

	@Test
	void tellsAReplyThatIsNoTextInBase64() throws Exception {
		byte[] reply = {'o', 'k', (byte) 0xff};
		try (UdpPeer peer = UdpPeer.answering(reply)) {
			Map<String, Object> exchange = this.http.form("message=hello&target=" + peer.address()).json();
			assertThat(exchange).containsEntry("replyBase64", Base64.getEncoder().encodeToString(reply))
					.containsEntry("bytesReceived", 3)
					.doesNotContainKey("reply");
		}
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void sendsToATargetByNameAndByAddress(SendForm form) throws Exception {
		assertThat(form.send(this.http, "a", Map.of("target", "closed")).problem(502)).containsEntry("target",
				"closed");
		assertThat(form.reply(form.send(this.http, "a", Map.of("target", "echo")))).isEqualTo("Hi, a");
		assertThat(form.reply(form.send(this.http, "a", Map.of("target", echoAddress())))).isEqualTo("Hi, a");
		assertThat(this.http.form("message=a&target=" + echoAddress()).json()).containsEntry("target", echoAddress());
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void aRefusalIsAProblemWithTheFieldsOfAnExchange(SendForm form) throws Exception {
		Map<String, Object> problem = withDetail(
				form.send(this.http, "hello", Map.of("target", REFUSING.address())).problem(502));
		assertThat(problem).containsOnlyKeys("type", "title", "status", "detail", "instance", "outcome", "target",
				"remoteAddress", "localAddress", "bytesSent", "bytesReceived", "roundTripMicros", "clock",
				"overheadMicros", "icmp");
		assertThat(problem).containsEntry("type", "urn:udp-probe:refused")
				.containsEntry("title", "refused")
				.containsEntry("instance", "/send")
				.containsEntry("outcome", "refused")
				.containsEntry("target", REFUSING.address())
				.containsEntry("remoteAddress", REFUSING.address())
				.containsEntry("bytesSent", 5)
				.containsEntry("bytesReceived", 0);
		assertThat(problem).extractingByKey("localAddress").asString().matches(LOCAL_ADDRESS);
		assertThat(problem).extractingByKey("detail").asString().contains(REFUSING.address(), "refused");
		assertThat(problem).extractingByKey("icmp")
				.isEqualTo(KernelDetail.find().errors()
						? Map.of("type", 3, "code", 3, "meaning", "port-unreachable", "reporter", "127.0.0.1")
						: Map.of("type", 3, "code", 3, "meaning", "port-unreachable"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"20ms", "PT0.02S"})
	void silenceIsAProblemWithTheFieldsOfAnExchange(String timeout) throws Exception {
		Map<String, Object> problem = this.http.form("message=hello&target=silent&timeout=" + timeout).problem(504);
		assertThat(problem).containsOnlyKeys("type", "title", "status", "detail", "instance", "outcome", "target",
				"remoteAddress", "localAddress", "bytesSent", "bytesReceived");
		assertThat(problem).containsEntry("type", "urn:udp-probe:timed-out")
				.containsEntry("outcome", "timed-out")
				.containsEntry("target", "silent")
				.containsEntry("remoteAddress", SILENT.address())
				.containsEntry("bytesSent", 5)
				.containsEntry("bytesReceived", 0);
		assertThat(problem).extractingByKey("detail").asString().contains("20 ms");
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void anUnconnectedSocketHearsOfNoRefusal(SendForm form) throws Exception {
		Map<String, String> options = Map.of("target", "closed", "socket", "unconnected", "timeout", "50ms");
		assertThat(form.send(this.http, "hello", options).problem(504)).containsEntry("outcome", "timed-out");
		Map<String, String> echo = Map.of("socket", "unconnected");
		assertThat(form.reply(form.send(this.http, "hello", echo))).isEqualTo("Hi, hello");
	}

	@Test
	void onlyAnUnconnectedSocketHearsAReplyFromElsewhere() throws Exception {
		try (UdpPeer asked = UdpPeer.silent(); UdpPeer other = UdpPeer.silent()) {
			Thread.ofVirtual().start(() -> {
				other.send("from elsewhere", asked.receive().getSocketAddress());
				other.send("from elsewhere", asked.receive().getSocketAddress());
			});
			String form = "message=hello&timeout=1s&target=" + asked.address();
			assertThat(this.http.form(form + "&socket=unconnected").problem(502))
					.containsEntry("outcome", "misaddressed")
					.containsEntry("repliedBy", other.address())
					.containsEntry("reply", "from elsewhere")
					.containsEntry("bytesReceived", 14);
			assertThat(this.http.form(form).problem(504)).containsEntry("outcome", "timed-out");
		}
	}

	@Test
	void aNameWithoutAnAddressIsUnresolved() throws Exception {
		Map<String, Object> problem = this.http.form("message=hello&target=x.invalid:53").problem(502);
		assertThat(problem).containsEntry("outcome", "unresolved")
				.containsEntry("target", "x.invalid:53")
				.containsEntry("bytesSent", 0)
				.doesNotContainKeys("remoteAddress", "localAddress", "roundTripMicros");
		assertThat(problem).extractingByKey("detail").asString().contains("x.invalid");
	}

}
