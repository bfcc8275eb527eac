package dev.udpprobe.web;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.WebDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Swagger UI in a real browser: who executes an operation as it stands there sees it work.
 */
class SwaggerUiTests extends HttpTests {

	/** For a file, the page sends nothing before one is chosen. */
	private static final List<String> FILES = List.of(Http.BYTES);

	private static final String ERRORS = ".errors-wrapper, .loading-container .failed-config, .validation-errors";

	private static final String IS_THERE = "return document.querySelector(arguments[0]) !== null";

	private static final String TEXT = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText).join(' ').trim()";

	/** The page's framework takes notice of the value where it changes by the class's own setter. */
	private static final String CHOOSE = """
			const choice = document.querySelector(arguments[0])
			Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(choice, arguments[1])
			choice.dispatchEvent(new Event('change', {bubbles: true}))
			return choice.value""";

	/**
	 * An operation as the page shows it.
	 *
	 * @param selector of its block
	 * @param types of the body, the one first that the page sends by itself; none without a body
	 */
	private record Operation(String name, String selector, List<String> types) {

		static Operation of(String method, String path, JsonNode operation) {
			return new Operation(method + " " + path,
					"#operations-%s-%s ".formatted(operation.at("/tags/0").asString(),
							operation.path("operationId").asString()),
					operation.at("/requestBody/content")
							.propertyStream()
							.map(Map.Entry::getKey)
							.filter((type) -> !FILES.contains(type))
							.toList());
		}

	}

	@BeforeEach
	void requireDetail() {
		ExternalTool.requireKernelDetail();
	}

	@Test
	void everyOperationAnswersItsUntouchedForm(@TempDir Path directory) throws Exception {
		List<Operation> operations = operations();
		assertThat(operations).extracting(Operation::name).contains("post /send", "get /targets");
		Map<String, String> statuses = new LinkedHashMap<>();
		try (WebDriver browser = new WebDriver(directory)) {
			browser.open("http://localhost:%d/swagger-ui.html".formatted(this.port));
			browser.until(IS_THERE, ".opblock");
			for (Operation operation : operations) {
				browser.click(operation.selector() + ".opblock-summary-control");
				click(browser, operation, ".try-out__btn");
				statuses.put(operation.name(), execute(browser, operation));
				for (String type : operation.types().stream().skip(1).toList()) {
					click(browser, operation, ".btn-clear");
					browser.run(CHOOSE, operation.selector() + ".opblock-section-request-body .content-type", type);
					statuses.put(operation.name() + " " + type, execute(browser, operation));
				}
				browser.click(operation.selector() + ".opblock-summary-control");
			}
			// Of the first probe, which may be kept no longer.
			assertThat(statuses.remove("get /probes/{id}")).isIn("200", "404");
			assertThat(statuses).allSatisfy((form, status) -> assertThat(status).as(form).isEqualTo("200"));
			assertThat(browser.errors()).allMatch((error) -> error.contains("/probes/1 - "));
		}
	}

	/**
	 * @return what the page says of the answer's status, and of errors
	 */
	private static String execute(WebDriver browser, Operation operation) throws Exception {
		click(browser, operation, ".execute");
		String answered = operation.selector() + ".live-responses-table tbody .response-col_status, ";
		browser.until(TEXT, answered + ERRORS);
		assertThat(browser.run(TEXT, operation.selector() + ".live-responses-table").asString()).as(operation.name())
				.doesNotContain("can't parse");
		return browser.run(TEXT, answered + ERRORS).asString();
	}

	private static void click(WebDriver browser, Operation operation, String selector) throws Exception {
		browser.until(IS_THERE, operation.selector() + selector);
		browser.click(operation.selector() + selector);
	}

	private List<Operation> operations() throws Exception {
		JsonNode document = JsonMapper.shared().readTree(this.http.get("/v3/api-docs").bytes());
		return document.path("paths")
				.propertyStream()
				.flatMap((path) -> path.getValue()
						.propertyStream()
						.map((method) -> Operation.of(method.getKey(), path.getKey(), method.getValue())))
				.toList();
	}

}
