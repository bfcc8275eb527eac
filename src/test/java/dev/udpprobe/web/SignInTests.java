package dev.udpprobe.web;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.access.Right;
import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How sessions begin and end, and what is left for everybody where there are accounts.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"udp-probe.security.everybody=view"})
class SignInTests {

	static final Path FILE = TestAccounts.create();

	private static final Pattern COOKIE = Pattern.compile("(udp-probe-session=\\w+); .*");

	private static final String ALICE = TestAccounts.account("alice", List.of(Right.ASK));

	private static final String MANAGER = TestAccounts.account("manager", List.of(Right.MANAGE));

	@LocalServerPort
	int port;

	private Http http = new Http(0);

	@DynamicPropertySource
	static void accounts(DynamicPropertyRegistry properties) {
		TestAccounts.write(FILE, ALICE + MANAGER);
		properties.add("udp-probe.security.account-files", FILE::toString);
	}

	@BeforeEach
	void connect() throws Exception {
		this.http = new Http(this.port);
		read(ALICE + MANAGER);
	}

	/**
	 * Has the service read the file at once.
	 */
	private void read(String accounts) throws Exception {
		TestAccounts.write(FILE, accounts);
		assertThat(this.http.ask(this.http.request("/-/reload").header("Authorization",
				"Bearer " + TestAccounts.token("manager")).POST(BodyPublishers.noBody())).status()).isEqualTo(200);
	}

	/**
	 * As a page of the service does.
	 * @param cookie empty for none
	 */
	private Answer post(String path, String form, String cookie) throws Exception {
		HttpRequest.Builder request = this.http.request(path).header("Content-Type", Http.FORM)
				.header("Origin", "http://127.0.0.1:" + this.port).POST(BodyPublishers.ofString(form));
		return this.http.ask(cookie.isEmpty() ? request : request.header("Cookie", cookie));
	}

	/**
	 * @param before the cookie that the browser has already; empty for none
	 * @return the cookie of the session
	 */
	private String signIn(String before) throws Exception {
		Answer answer = post("/sign-in", "name=alice&password=p%C3%A4ss%3Aword", before);
		assertThat(answer.status()).isEqualTo(303);
		Matcher cookie = COOKIE.matcher(answer.header("Set-Cookie"));
		assertThat(cookie.matches()).as(answer.header("Set-Cookie")).isTrue();
		return cookie.group(1);
	}

	private int send(String cookie) throws Exception {
		return post("/send", "message=a", cookie).status();
	}

	@Test
	void eachSignInMakesAnotherSession() throws Exception {
		String first = signIn("");
		assertThat(send(first)).isEqualTo(200);
		String second = signIn(first);
		assertThat(second).isNotEqualTo(first);
		assertThat(send(first)).isEqualTo(401);
		String third = signIn("udp-probe-session=0123456789ABCDEF0123456789ABCDEF");
		assertThat(third).doesNotContain("0123456789ABCDEF0123456789ABCDEF");
		assertThat(send(second)).isEqualTo(200);
		assertThat(post("/sign-out", "", second).status()).isEqualTo(204);
		assertThat(send(second)).isEqualTo(401);
		assertThat(send(third)).isEqualTo(200);
	}

	@Test
	void aFormThatIsNoneIsRefused() throws Exception {
		assertThat(post("/sign-in", "name=%zz&password=a", "").status()).isEqualTo(400);
		assertThat(post("/sign-in", "", "").status()).isEqualTo(401);
	}

	@Test
	void aSessionSaysWhereItComesFrom() throws Exception {
		Answer answer = this.http.ask(this.http.request("/send").header("Content-Type", Http.FORM)
				.header("Cookie", signIn("")).POST(BodyPublishers.ofString("message=a")));
		assertThat(answer.problem(403)).containsEntry("title", "cross-site").containsEntry("detail",
				"a session without the header Origin is not allowed to send datagrams");
	}

	@Test
	void theEldestOfTwentyEnds() throws Exception {
		String kept = signIn("");
		for (int i = 0; i < 25; i++) {
			assertThat(post("/sign-out", "", signIn("")).status()).isEqualTo(204);
		}
		assertThat(send(kept)).isEqualTo(200);
		List<String> others = new ArrayList<>();
		for (int i = 0; i < 19; i++) {
			others.add(signIn(""));
		}
		assertThat(send(kept)).isEqualTo(200);
		others.add(signIn(""));
		assertThat(send(kept)).isEqualTo(401);
		for (String other : others) {
			assertThat(send(other)).isEqualTo(200);
		}
	}

	@Test
	void manyWhoSignInAtOnceKeepTheLimit() throws Exception {
		List<String> cookies = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<String>> all = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				all.add(threads.submit(() -> signIn("")));
			}
			for (Future<String> each : all) {
				cookies.add(each.get());
			}
		}
		int alive = 0;
		for (String cookie : cookies) {
			alive += (send(cookie) == 200) ? 1 : 0;
		}
		assertThat(alive).isEqualTo(20);
	}

	@Test
	void aSessionDoesNotComeBackWithItsAccount() throws Exception {
		String cookie = signIn("");
		read(MANAGER);
		read(ALICE + MANAGER);
		assertThat(send(cookie)).isEqualTo(401);
		assertThat(send(signIn(""))).isEqualTo(200);
	}

	@Test
	void anotherPasswordEndsTheSession() throws Exception {
		String cookie = signIn("");
		read(TestAccounts.account("alice", List.of(Right.ASK), "other") + MANAGER);
		assertThat(send(cookie)).isEqualTo(401);
		read(ALICE + MANAGER);
		assertThat(send(cookie)).isEqualTo(401);
	}

	@Test
	void otherRightsDoNot() throws Exception {
		String cookie = signIn("");
		read(TestAccounts.account("alice", List.of(Right.VIEW)) + MANAGER);
		assertThat(send(cookie)).isEqualTo(403);
		read(ALICE + MANAGER);
		assertThat(send(cookie)).isEqualTo(200);
	}

	@Test
	void whatEverybodyMayAnAccountMayToo() throws Exception {
		assertThat(this.http.get("/targets").status()).isEqualTo(200);
		assertThat(this.http.ask(this.http.request("/targets").header("Cookie", signIn(""))).status()).isEqualTo(200);
		assertThat(this.http.ask(this.http.request("/targets").header("Authorization",
				"Bearer " + TestAccounts.token("alice"))).status()).isEqualTo(200);
		JsonNode paths = JsonMapper.shared().readTree(this.http.get("/v3/api-docs").bytes()).path("paths");
		assertThat(paths.at("/~1targets/get/security")).hasSize(3).anyMatch(JsonNode::isEmpty);
		assertThat(paths.at("/~1send/post/security")).hasSize(2).noneMatch(JsonNode::isEmpty);
	}

	@Test
	void eachLeavesStreamsToOthers() throws Exception {
		List<RawRequest> open = new ArrayList<>();
		try {
			for (int i = 0; i < EventStreams.MAX / 2; i++) {
				assertThat(watch(open)).startsWith("HTTP/1.1 200");
			}
			assertThat(watch(open)).startsWith("HTTP/1.1 503");
			for (int i = 0; i < EventStreams.MAX / 4; i++) {
				assertThat(watch(open, bearer("alice"))).startsWith("HTTP/1.1 200");
			}
			assertThat(watch(open, bearer("alice"))).startsWith("HTTP/1.1 503");
			assertThat(watch(open, bearer("manager"))).startsWith("HTTP/1.1 200");
		}
		finally {
			for (RawRequest each : open) {
				each.close();
			}
		}
		await().until(() -> {
			try (RawRequest again = new RawRequest(this.port, "GET /events")) {
				return again.head().startsWith("HTTP/1.1 200");
			}
		});
	}

	/**
	 * @return the head of the answer
	 */
	private String watch(List<RawRequest> open, String... headers) throws Exception {
		open.add(new RawRequest(this.port, "GET /events", headers));
		return open.getLast().head();
	}

	private static String bearer(String account) {
		return "Authorization: Bearer " + TestAccounts.token(account);
	}

}
