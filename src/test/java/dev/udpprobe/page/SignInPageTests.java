package dev.udpprobe.page;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import dev.udpprobe.access.Right;
import dev.udpprobe.web.OpenStreams;
import dev.udpprobe.web.StrangersPage;
import dev.udpprobe.web.TestAccounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who signs in sees the page, and may do there what the account may.
 */
@TestPropertySource(properties = "udp-probe.http.trusted-proxies=127.0.0.1")
class SignInPageTests extends BrowserPageTests {

	private static final Path ACCOUNTS = TestAccounts.create();

	private final OpenStreams streams;

	private final ServletWebServerApplicationContext service;

	SignInPageTests(@Autowired BeanFactory beans, @Autowired ServletWebServerApplicationContext service) {
		this.streams = new OpenStreams(beans);
		this.service = service;
	}

	@DynamicPropertySource
	static void accounts(DynamicPropertyRegistry properties) {
		TestAccounts.write(ACCOUNTS, TestAccounts.account("alice", List.of(Right.values()))
				+ TestAccounts.account("bob", List.of(Right.VIEW)));
		properties.add("udp-probe.security.account-files", ACCOUNTS::toString);
	}

	@BeforeEach
	void nobodyHasSignedIn() throws Exception {
		page().open("sign-in");
		browser().run("return fetch('sign-out', {method: 'POST'}).then((answer) => answer.status)");
		await().until(() -> sessions().length == 0);
	}

	/** That it is not let in is what this is about. */
	@Override
	@AfterEach
	void nothingWasWrong() throws Exception {
		assertThat(page().errors()).filteredOn((error) -> !error.contains("EventSource")).isEmpty();
	}

	private void signIn(String name, String password) throws Exception {
		browser().until("return document.querySelector('input[name=password]') !== null");
		browser().run("document.querySelector('input[name=name]').focus()");
		browser().type(name);
		browser().run("document.querySelector('input[name=password]').focus()");
		browser().type(password);
		browser().click(".primary");
	}

	private Session[] sessions() {
		return context().getManager().findSessions();
	}

	private Context context() {
		TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(this.service.getWebServer());
		return (Context) server.getTomcat().getHost().findChildren()[0];
	}

	@Test
	void whoeverSignsInAsksAndSignsOut() throws Exception {
		page().open("#/ask?target=echo");
		page().awaitText("form", "Name", "Password");
		findsNothing();
		signIn("alice", "wrong");
		page().awaitText("[role=alert]", "Nobody has this name and this password.");
		findsNothing();
		signIn("alice", TestAccounts.PASSWORD);
		page().awaitText(".account", "alice");
		assertThat(browser().run("return location.hash").asString()).isEqualTo("#/ask?target=echo");
		assertThat(browser().run("return document.cookie").asString()).isEmpty();
		browser().click(Page.ASK);
		page().awaitText("section", "replied");
		findsNothing();
		browser().click(".account button");
		page().awaitText("form", "Name", "Password");
		assertThat(sessions()).isEmpty();
		page().open("");
		page().awaitText("form", "Name", "Password");
	}

	@Test
	void whoeverMayOnlyLookIsToldWhy() throws Exception {
		page().open("#/targets/echo");
		signIn("bob", TestAccounts.PASSWORD);
		page().awaitText(".account", "bob");
		page().awaitText("main", "echo", "The account bob may look, and not send.");
		assertThat(page().text(".top nav")).doesNotContain("Ask");
		assertThat(page().texts("main button, .askbar")).doesNotContain("Ask now", "Send");
		findsNothing();
		page().open("#/ask");
		page().awaitText("main", "Ask", "The account bob may look, and not send.");
		assertThat(page().texts("form.ask")).isEmpty();
		assertThat(browser().run("""
				return fetch('send', {method: 'POST', body: new URLSearchParams({message: 'a'})})
					.then((answer) => answer.status)""").asInt()).isEqualTo(403);
	}

	@Test
	void aSessionThatEndsEndsTheStream() throws Exception {
		page().open("");
		signIn("bob", TestAccounts.PASSWORD);
		page().awaitText(".liveness.on", "live");
		Arrays.stream(sessions()).forEach(Session::expire);
		page().awaitText(".problem", "unauthenticated", "Sign in");
		page().awaitText(".liveness", "not live since ");
		await().until(() -> this.streams.count() == 0);
		findsNothing();
		browser().click(".problem a");
		signIn("bob", TestAccounts.PASSWORD);
		page().awaitText(".liveness.on", "live");
	}

	@Test
	void aPasswordThatChangesEndsTheStream() throws Exception {
		page().open("");
		signIn("alice", TestAccounts.PASSWORD);
		page().awaitText(".liveness.on", "live");
		TestAccounts.write(ACCOUNTS, TestAccounts.account("alice", List.of(Right.values()), "other")
				+ TestAccounts.account("bob", List.of(Right.VIEW)));
		page().awaitText(".problem", "unauthenticated", "Sign in");
		TestAccounts.write(ACCOUNTS, TestAccounts.account("alice", List.of(Right.values()))
				+ TestAccounts.account("bob", List.of(Right.VIEW)));
		assertThat(this.http.ask(this.http.request("/-/reload").header("Authorization",
				"Bearer " + TestAccounts.token("alice")).POST(BodyPublishers.noBody())).status()).isEqualTo(200);
	}

	/**
	 * @return how many datagrams were sent
	 */
	private double sentDatagrams() throws Exception {
		String metrics = this.http.ask(this.http.request("/actuator/prometheus").header("Authorization",
				"Bearer " + TestAccounts.token("bob"))).text();
		return metrics.lines().filter((line) -> line.startsWith("udp_client_datagrams_sent_total"))
				.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
	}

	/**
	 * It is shown in the browser of somebody who has signed in.
	 */
	@Test
	void aPageOfAnotherSiteDoesNothing() throws Exception {
		page().open("");
		signIn("alice", TestAccounts.PASSWORD);
		page().awaitText(".account", "alice");
		double sent = sentDatagrams();
		for (String path : List.of("send", "sign-out", "-/reload", "sign-in")) {
			try (StrangersPage stranger = new StrangersPage("http://localhost:%d/%s".formatted(port(), path), port())) {
				browser().open(stranger.address());
				browser().until("return document.title === 'came to an end'");
			}
		}
		assertThat(sentDatagrams()).isEqualTo(sent);
		assertThat(page().errors()).allMatch((error) -> error.contains("frame-ancestors"));
		assertThat(sessions()).hasSize(1);
		page().open("");
		page().awaitText(".account", "alice");
	}

}
