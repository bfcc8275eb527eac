package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Bodies that are announced, or that have come in part, cannot take more memory than there is
 * for all of them.
 */
class BodyBudgetTests extends HttpTests {

	private static final String LONG = "x".repeat(60_000);

	private static final int CONNECTIONS = 40;

	/** By a body of which three times {@link #LONG} has come. */
	private static final int TAKEN = 262_144 - BodyBudget.FREE;

	private static final int FIT = 3;

	private static final int ROOM = FIT * TAKEN + 30_000;

	@Autowired
	private BodyBudget budget;

	private final List<RawRequest> requests = new ArrayList<>();

	private int whole;

	@BeforeEach
	void allIsFree() {
		this.whole = this.budget.left();
	}

	@AfterEach
	void allIsFreeAgain() throws Exception {
		for (RawRequest request : this.requests) {
			request.close();
		}
		await().until(() -> this.budget.left() == this.whole);
	}

	private RawRequest request(SendForm form, int length) throws Exception {
		RawRequest request = new RawRequest(this.port, "POST /send", "Content-Type: " + form.type(),
				"Content-Length: " + length);
		this.requests.add(request);
		return request;
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void aBodyThatIsAnnouncedTooLongIsAnsweredAtOnce(SendForm form) throws Exception {
		for (int i = 0; i < CONNECTIONS; i++) {
			request(form, 2000000).bytes("message=");
		}
		for (RawRequest request : this.requests) {
			assertThat(request.head()).startsWith("HTTP/1.1 413").contains("Content-Type: application/problem+json");
		}
		assertThat(this.budget.left()).isEqualTo(this.whole);
	}

	@ParameterizedTest
	@EnumSource(SendForm.class)
	void whatIsAnnouncedTakesNoMemoryBeforeItComes(SendForm form) throws Exception {
		for (int i = 0; i < CONNECTIONS; i++) {
			request(form, 65000).bytes("x".repeat(BodyBudget.FREE));
		}
		assertThat(this.http.form("message=a").status()).isEqualTo(200);
		assertThat(this.budget.left()).isGreaterThan(this.whole - CONNECTIONS * 2 * BodyBudget.FREE);
	}

	@Test
	void bodiesThatDoNotEndAreBounded() throws Exception {
		BodyBudget.Share others = this.budget.share();
		others.resize(this.whole - ROOM + BodyBudget.FREE);
		try {
			for (int i = 0; i < CONNECTIONS; i++) {
				request(SendForm.JSON, 390_000).bytes("{\"message\": \"" + LONG + LONG + LONG);
				if (i < FIT) {
					int taking = i + 1;
					await().until(() -> this.budget.left() == ROOM - taking * TAKEN);
				}
			}
			for (RawRequest request : this.requests.subList(FIT, CONNECTIONS)) {
				assertThat(request.head()).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
			}
			assertThat(this.http.form("message=short").status()).as("a short one").isEqualTo(200);
			assertThat(this.http.form("message=" + LONG).problem(503)).containsEntry("type", "urn:udp-probe:saturated");
			assertThat(this.http.form("message=" + LONG).header("Retry-After")).isEqualTo("1");
			assertThat(this.http.post("/send/lines", Http.TEXT, LONG + "\nshort\n").text().lines())
					.satisfiesExactly((line) -> assertThat(line).startsWith("! saturated: the bodies of other"),
							(line) -> assertThat(line).isEqualTo("Hi, short"));
		}
		finally {
			others.resize(0);
		}
	}

	@Test
	void aBodyWithMuchBesideItsFieldsIsRefusedByTheFirst() throws Exception {
		String values = "{},".repeat(100_000);
		assertThat(this.http.json("{\"target\":[" + values + "{}]}").problem(400)).containsEntry("field", "target");
		assertThat(this.http.json("{\"x\":[" + values + "{}]}").problem(400)).containsEntry("field", "x");
		assertThat(this.http.form("x=1&".repeat(40_000)).problem(400)).containsEntry("field", "x");
		assertThat(this.http.form("message=a&".repeat(15_000)).problem(400)).containsEntry("field", "message");
		String value = "y".repeat(390_000);
		assertThat(this.http.json("{\"message\": \"\", \"timeout\": \"" + value + "\"}").problem(400))
				.containsEntry("detail", "timeout: it takes at most 300 characters");
		String name = "y".repeat(40_000);
		assertThat(this.http.form(name + "=1").problem(400)).containsEntry("field", name.substring(0, 100));
	}

	@ParameterizedTest
	@ValueSource(strings = {"/livez", "/readyz", "/actuator", "/actuator/health", "/actuator/info",
			"/actuator/prometheus", "/actuator/sbom", "/peers", "/targets", "/v3/api-docs", "/swagger-ui/index.html",
			"/nothing", "/send"})
	void aBodyThatNobodyTakesIsNotRead(String path) throws Exception {
		for (String method : List.of("GET ", "HEAD ")) {
			for (String length : List.of("Content-Length: 100000000", "Transfer-Encoding: chunked")) {
				try (RawRequest request = new RawRequest(this.port, method + path, "Content-Type: application/json",
						length)) {
					assertThat(request.head()).startsWith("HTTP/1.1 400").contains("Connection: close");
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "FOO"})
	void norIsThatOfAMethodThatNobodyTakes(String method) throws Exception {
		for (String path : List.of("/livez", "/actuator/health", "/actuator/prometheus", "/peers", "/nothing")) {
			for (String type : List.of("application/json", Http.FORM, "multipart/form-data; boundary=x")) {
				try (RawRequest request = new RawRequest(this.port, method + " " + path, "Content-Type: " + type,
						"Content-Length: 100000000")) {
					assertThat(request.head()).startsWith("HTTP/1.1 413").contains("Connection: close");
				}
			}
		}
	}

	@Test
	void aMessageTakesItsShareUntilItIsAnswered() throws Exception {
		RawRequest request = request(SendForm.TEXT, 60000);
		request.bytes(LONG);
		assertThat(request.head()).startsWith("HTTP/1.1 200");
		for (SendForm form : SendForm.values()) {
			assertThat(form.send(this.http, LONG, Map.of("target", "closed")).status()).isEqualTo(502);
		}
	}

}
