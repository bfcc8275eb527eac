package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.testing.Certificates;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.web.TestAccounts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of rights in docs/security.md has each request once, and holds for each account, however it is shown, with TLS and
 * without. It is {@code curl} that asks.
 */
class RightsTableTests {

	private static final Path DOCUMENT = Path.of("docs/security.md");

	private static final String NONE = "none";

	/** It ends what all others need. */
	private static final String SIGN_OUT = "POST /sign-out";

	@TempDir
	Path directory = Path.of("");

	/**
	 * @return the right that each request takes
	 */
	private static Map<String, String> rights() throws IOException {
		Map<String, String> rights = new LinkedHashMap<>();
		for (List<String> row : MarkdownTable.under("Who may see, ask and manage", DOCUMENT).rows()) {
			MarkdownTable.codes(row.getLast()).filter((code) -> code.contains(" "))
					.forEach((request) -> assertThat(rights.put(request, row.getFirst())).as(request).isNull());
		}
		return rights;
	}

	@Test
	void hasEachRequestOnce() throws IOException {
		List<String> all = MarkdownTable.under("All requests", Path.of("docs/http.md")).rows().stream()
				.flatMap((row) -> MarkdownTable.codes(row.getFirst())
						.flatMap((method) -> MarkdownTable.codes(row.get(1)).map((path) -> method + " " + path)))
				.toList();
		assertThat(rights().keySet()).hasSizeGreaterThan(30).containsExactlyInAnyOrderElementsOf(all);
	}

	@ParameterizedTest
	@CsvSource({"http", "https"})
	void holds(String scheme) throws Exception {
		List<String> options = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--udp-probe.echo.port=0", "--udp-probe.security.account-files=" + TestAccounts.create()));
		if (scheme.equals("https")) {
			options.addAll(certificate());
		}
		try (ConfigurableApplicationContext service = new SpringApplicationBuilder(UdpProbeApplication.class)
				.run(options.toArray(String[]::new))) {
			String base = "%s://127.0.0.1:%s".formatted(scheme,
					service.getEnvironment().getProperty("local.server.port"));
			check(base, "", List.of());
			for (String account : TestAccounts.names().toList()) {
				check(base, account, List.of("header = \"Authorization: Bearer %s\"".formatted(
						TestAccounts.token(account))));
				check(base, account, List.of("user = \"%s:%s\"".formatted(account, TestAccounts.PASSWORD)));
				Path cookies = this.directory.resolve("cookies-" + account);
				assertThat(curl(List.of(request(base, "POST /sign-in", List.of("cookie-jar = \"%s\"".formatted(cookies),
						"header = \"Origin: %s\"".formatted(base), "data-urlencode = \"name=%s\"".formatted(account),
						"data-urlencode = \"password=%s\"".formatted(TestAccounts.PASSWORD))))))
						.containsExactly("303");
				assertThat(Files.readString(cookies)).contains("#HttpOnly_127.0.0.1",
						scheme.equals("https") ? "\tTRUE\t0\t" : "\tFALSE\t0\t");
				check(base, account, List.of("cookie = \"%s\"".formatted(cookies),
						"header = \"Origin: %s\"".formatted(base), "referer = \"%s/\"".formatted(base)));
			}
		}
	}

	private List<String> certificate() throws Exception {
		Certificates.make(this.directory, "tls");
		return List.of("--spring.ssl.bundle.pem.web.keystore.certificate=" + this.directory.resolve("tls.crt"),
				"--spring.ssl.bundle.pem.web.keystore.private-key=" + this.directory.resolve("tls.key"),
				"--server.ssl.bundle=web");
	}

	/**
	 * @param account empty for nobody's
	 * @param shown how it is shown to curl
	 */
	private void check(String base, String account, List<String> shown) throws Exception {
		Map<String, String> rights = rights();
		rights.remove(SIGN_OUT);
		List<String> statuses = curl(rights.keySet().stream().map((each) -> request(base, each, shown)).toList());
		assertThat(statuses).hasSameSizeAs(rights.keySet());
		int at = 0;
		for (Map.Entry<String, String> each : rights.entrySet()) {
			String status = statuses.get(at++);
			String what = "%s by %s, shown by %s: %s".formatted(each.getKey(), account, shown, status);
			if (each.getValue().equals(NONE) || each.getValue().equals(account)) {
				assertThat(status).as(what).isNotIn("000", "401", "403", "500");
			}
			else {
				assertThat(status).as(what).isEqualTo(account.isEmpty() ? "401" : "403");
			}
		}
	}

	private static String request(String base, String request, List<String> options) {
		String method = request.substring(0, request.indexOf(' '));
		String path = request.substring(request.indexOf(' ') + 1).replace("/targets/{name}", "/targets/echo")
				.replaceAll("\\{[a-z]+}", "1").replace("**", "a")
				// It does not end, and this is no watch.
				.replace("/events", "/events?watch=1");
		return String.join("\n", Stream.concat(Stream.of("next", "silent", "insecure", "url = \"%s%s\"".formatted(base,
				path), "request = \"%s\"".formatted(method), "output = \"/dev/null\"",
				"write-out = \"%{http_code}\\n\""), options.stream()).toList()) + "\n";
	}

	private List<String> curl(List<String> requests) throws Exception {
		Path config = Files.writeString(this.directory.resolve("curl"), String.join("", requests));
		try (ExternalTool curl = ExternalTool.start("curl", "--config", config.toString())) {
			List<String> lines = curl.output().lines().map(Objects::requireNonNull).toList();
			assertThat(curl.exitCode()).isZero();
			return lines;
		}
	}

}
