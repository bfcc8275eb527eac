package dev.udpprobe.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.auth.Signing;
import dev.udpprobe.echo.EchoDrop;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.UdpServer;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service whose echo server has a key, and another one with another key as its target.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"udp-probe.client.timeout=8s", "udp-probe.echo.key=" + Signing.KEY})
@ReadsLog
class KeyTests {

	private static final String FAR_KEY = "the far one's own key";

	private static final String NEXT_KEY = "the key that comes next";

	private static final ConfigurableApplicationContext FAR = new SpringApplicationBuilder(UdpProbeApplication.class)
			.web(WebApplicationType.NONE)
			.run("--udp-probe.echo.port=0", "--udp-probe.echo.greeting=Far ", "--udp-probe.echo.key=" + FAR_KEY,
					"--udp-probe.echo.second-key=" + NEXT_KEY);

	private static final UdpPeer SILENT = UdpPeer.silent();

	private static final Pattern SNIPPET = Pattern.compile("(?<=```sh\n)\\{\n.*?(?=```)", Pattern.DOTALL);

	@LocalServerPort
	int port;

	@Autowired
	UdpServer echoServer;

	@Autowired
	ServerCounts counts;

	Http http = new Http(0);

	@DynamicPropertySource
	static void targets(DynamicPropertyRegistry properties) {
		String far = "127.0.0.1:" + FAR.getBean(UdpServer.class).port();
		target(properties, 0, "far", far, FAR_KEY);
		target(properties, 1, "wrong", far, Signing.KEY);
		target(properties, 2, "none", far, "");
		target(properties, 3, "silent", SILENT.address(), FAR_KEY);
		target(properties, 4, "next", far, NEXT_KEY);
	}

	private static void target(DynamicPropertyRegistry properties, int index, String name, String address,
			String key) {
		String prefix = "udp-probe.targets[%d].".formatted(index);
		properties.add(prefix + "name", () -> name);
		properties.add(prefix + "address", () -> address);
		properties.add(prefix + "key", () -> key);
	}

	@AfterAll
	static void stop() {
		FAR.close();
		SILENT.close();
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void theOwnEchoServerAnswersByDefault(SendForm form) throws Exception {
		assertThat(form.send(this.http, "hello", Map.of()).text()).contains("Hi, hello");
	}

	/** Who has it could send the datagram again, or guess the key. */
	@ParameterizedTest
	@ValueSource(strings = {"message=hello", "module=echo"})
	void whatProvesASignatureIsNotTold(String asked) throws Exception {
		JsonNode datagrams = JsonMapper.shared()
				.readTree(this.http.form("datagrams=true&target=far&" + asked).bytes())
				.path("datagrams");
		byte[] sent = Base64.getDecoder().decode(datagrams.path(0).path("base64").asString());
		assertThat(new String(sent, StandardCharsets.ISO_8859_1)).endsWith("*".repeat(16))
				.doesNotEndWith("*".repeat(17));
	}

	@Test
	void theSignatureIsSentButNotReplied() throws Exception {
		assertThat(this.http.form("message=hello&target=far").json()).containsEntry("reply", "Far hello")
				.containsEntry("bytesSent", 5 + 32)
				.containsEntry("bytesReceived", 9);
		assertThat(this.http.form("message=&target=far").json()).containsEntry("reply", "Far ")
				.containsEntry("bytesSent", 32);
	}

	@Test
	void bothKeysAreAnsweredWhileTheyAreRotated() throws Exception {
		for (String target : List.of("far", "next", "far")) {
			assertThat(this.http.form("message=hello&target=" + target).json()).containsEntry("reply", "Far hello");
		}
	}

	@Test
	void manyAlikeAreAllAnswered() throws Exception {
		for (int i = 0; i < 50; i++) {
			assertThat(this.http.form("message=hello").json()).containsEntry("reply", "Hi, hello");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"wrong", "none"})
	void withoutTheKeyThereIsSilence(String target) throws Exception {
		ServerCounts far = FAR.getBean(ServerCounts.class);
		long before = far.droppedFor(EchoDrop.UNAUTHENTICATED);
		for (String path : List.of("/send", "/mtu")) {
			assertThat(this.http.post(path, Http.FORM,
					(path.equals("/send") ? "message=hello" : "tries=1") + "&timeout=100ms&target=" + target)
					.problem(504))
					.containsEntry("outcome", "timed-out");
		}
		await().untilAsserted(() -> assertThat(far.droppedFor(EchoDrop.UNAUTHENTICATED)).isEqualTo(before + 3));
	}

	@Test
	void anAddressHasNoKeyThoughATargetHas() throws Exception {
		assertThat(
				this.http.form("message=hello&timeout=100ms&target=127.0.0.1:" + this.echoServer.port()).problem(504))
				.containsEntry("outcome", "timed-out");
	}

	@ParameterizedTest
	@CsvSource({"65475, 200", "65476, 413"})
	void theSignatureCountsForTheLongestMessage(int length, int status) throws Exception {
		assertThat(SendForm.TEXT.send(this.http, "x".repeat(length), Map.of("target", "far")).status())
				.isEqualTo(status);
	}

	@Test
	void linesAreSigned() throws Exception {
		assertThat(this.http.post("/send/lines", Http.TEXT, "one\n\none\n").text())
				.isEqualTo("Hi, one\nHi, \nHi, one\n");
	}

	@ParameterizedTest
	@ValueSource(strings = {"tries=5", "tries=5&message=hello", "tries=5&target=far"})
	void aTraceIsSigned(String body) throws Exception {
		ExternalTool.requireKernelDetail();
		List<JsonNode> lines = this.http.post("/trace", Http.FORM, body)
				.text()
				.lines()
				.map(JsonMapper.shared()::readTree)
				.toList();
		assertThat(lines).hasSize(2);
		assertThat(lines.getFirst().path("outcome").asString()).isEqualTo("replied");
		assertThat(lines.getFirst().path("lost").asInt()).isZero();
		assertThat(lines.getLast().path("complete").asBoolean()).isTrue();
		assertThat(lines.getLast().path("detail").asString()).contains(body.contains("hello") ? "9 bytes" : "44 bytes");
	}

	@Test
	void theMessageOfATraceIsWhatIsSent() throws Exception {
		ExternalTool.requireKernelDetail();
		this.http.post("/trace", Http.FORM, "message=question&timeout=20ms&maxHops=1&tries=1&target=silent");
		assertThat(new String(SILENT.receive().getData(), 0, 8, StandardCharsets.UTF_8)).isEqualTo("question");
	}

	/** The reply is shorter than what it answers, so what fits one way fits back. */
	@Test
	void theLongestDatagramOfAPathIsSigned() throws Exception {
		ExternalTool.requireKernelDetail();
		assertThat(this.http.post("/mtu", Http.FORM, "").json()).containsEntry("outcome", "replied")
				.containsEntry("largestPayload", 65_507)
				.containsEntry("evidence", "protocol");
	}

	@Test
	void theKeyIsShownNowhere(CapturedOutput output) throws Exception {
		this.http.form("message=hello");
		for (String path : List.of("/actuator", "/actuator/info", "/actuator/health", "/actuator/prometheus",
				"/actuator/env", "/actuator/configprops", "/actuator/heapdump", "/targets", "/targets/echo",
				"/discovery/targets", "/peers", "/v3/api-docs")) {
			assertThat(this.http.get(path).text()).as(path).doesNotContain(Signing.KEY, FAR_KEY, NEXT_KEY);
		}
		assertThat(this.http.get("/actuator/env").status()).isEqualTo(404);
		assertThat(output.getAll()).doesNotContain(Signing.KEY, FAR_KEY, NEXT_KEY);
	}

	@Test
	void theDocumentsOwnWayToSignIsTaken(@TempDir Path directory) throws Exception {
		for (String tool : List.of("xxd", "openssl", "ncat")) {
			ExternalTool.find(tool);
		}
		Matcher snippet = SNIPPET.matcher(Files.readString(Path.of("docs/security.md")));
		assertThat(snippet.find()).isTrue();
		assertThat(snippet.group()).contains("127.0.0.1 7007\n");
		String script = "cd '%s'; KEY='%s'\n%s".formatted(directory, Signing.KEY,
				snippet.group().replace("1 7007\n", "1 %d\n".formatted(this.echoServer.port())));
		assertThat(answer(script)).isEqualTo("Hi, hello");
		assertThat(answer(script.replace("openssl rand 8", "printf 12345678"))).isEqualTo("Hi, hello");
		assertThat(answer(script.replace("KEY='", "KEY='x"))).isEmpty();
	}

	private static String answer(String script) throws IOException {
		try (ExternalTool shell = ExternalTool.start("sh", "-c", script)) {
			String line = shell.output().readLine();
			return (line != null) ? line : "";
		}
	}

}
