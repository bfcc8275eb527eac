package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of requests in docs/http.md has those that a handler takes.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "udp-probe.echo.port=0")
class RequestsTableTests {

	@Autowired
	Map<String, RequestMappingInfoHandlerMapping> mappings = Map.of();

	@Test
	void namesEveryRequestOnceAndNoOther() throws IOException {
		assertThat(told()).contains("POST /send", "GET /actuator/health/*", "GET /livez", "GET /v3/api-docs")
				.containsExactlyInAnyOrderElementsOf(handled().toList());
	}

	private static List<String> told() throws IOException {
		return MarkdownTable.under("All requests", Path.of("docs/http.md")).rows().stream()
				.flatMap((row) -> MarkdownTable.codes(row.getFirst())
						.flatMap((method) -> MarkdownTable.codes(row.get(1)).map((path) -> request(method, path))))
				.toList();
	}

	private Stream<String> handled() {
		return this.mappings.values().stream()
				.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
				.filter((entry) -> !isForErrors(entry.getValue()))
				.flatMap((entry) -> requests(entry.getKey()))
				.distinct();
	}

	private static boolean isForErrors(HandlerMethod method) {
		return ErrorController.class.isAssignableFrom(method.getBeanType());
	}

	private static Stream<String> requests(RequestMappingInfo info) {
		return info.getMethodsCondition().getMethods().stream()
				.flatMap((method) -> info.getPatternValues().stream().map((path) -> request(method.name(), path)));
	}

	/**
	 * @param path with a variable, or with ** for what may follow
	 */
	private static String request(String method, String path) {
		return method + " " + path.replaceAll("/(\\{[^/]*}|\\*\\*)", "/*");
	}

}
