package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.udpprobe.server.UdpServer;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands in the documents that ask the service are run, and print what the documents say.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "udp-probe.echo.port=0")
class ShellBlocksTests {

	private static final Set<String> README_HEADINGS = Set.of("Start", "Your own server");

	private static final List<String> CLIENTS = List.of("curl ", "ncat ", "promtool ");

	private static final List<String> TOOLS = List.of("curl", "xxd", "ncat", "jq", "promtool");

	@LocalServerPort
	int port;

	@Autowired
	UdpServer echoServer;

	static Stream<ShellBlock> readme() throws IOException {
		return commands("README.md").filter((block) -> README_HEADINGS.contains(block.heading()));
	}

	static Stream<ShellBlock> others() throws IOException {
		List<ShellBlock> blocks = new ArrayList<>();
		for (String page : List.of("metrics", "echo-server", "prometheus", "health-checks")) {
			blocks.addAll(commands("docs/%s.md".formatted(page)).toList());
		}
		return blocks.stream();
	}

	static Stream<ShellBlock> http() throws IOException {
		return commands("docs/http.md");
	}

	private static Stream<ShellBlock> commands(String document) throws IOException {
		return ShellBlock.of(Path.of(document)).stream()
				.filter((block) -> CLIENTS.stream().anyMatch((client) -> block.command().contains(client)));
	}

	@ParameterizedTest
	@MethodSource("readme")
	void theReadmePrintsWhatItSays(ShellBlock block) throws Exception {
		printsWhatItSays(block);
	}

	@ParameterizedTest
	@MethodSource("http")
	void theGuideToHttpPrintsWhatItSays(ShellBlock block) throws Exception {
		printsWhatItSays(block);
	}

	@ParameterizedTest
	@MethodSource("others")
	void theOtherDocumentsPrintWhatTheySay(ShellBlock block) throws Exception {
		printsWhatItSays(block);
	}

	@Test
	void mostBlocksSayWhatTheyPrint() throws IOException {
		assertThat(Stream.concat(readme(), http()).filter((block) -> !block.expected().isEmpty()))
				.hasSizeGreaterThan(10);
	}

	private void printsWhatItSays(ShellBlock block) throws Exception {
		ExternalTool.requireKernelDetail();
		TOOLS.stream().filter((tool) -> block.command().contains(tool + " ")).forEach(ExternalTool::find);
		String printed = run(block.command()
				.replaceAll("\\blocalhost:8080\\b", "localhost:" + this.port)
				.replaceAll("\\b7007\\b", String.valueOf(this.echoServer.port())));
		assertThat(printed).isNotEmpty();
		if (!block.expected().isEmpty()) {
			assertThat(Printed.comparable(printed
					.replaceAll("\\b%d\\b".formatted(this.port), "8080")
					.replaceAll("\\b%d\\b".formatted(this.echoServer.port()), "7007")))
					.as(printed)
					.isEqualTo(Printed.comparable(block.expected()));
		}
	}

	private static String run(String command) throws IOException, InterruptedException {
		try (ExternalTool bash = ExternalTool.start("bash", "-c", command)) {
			bash.endInput();
			String printed = bash.output().readAllAsString();
			assertThat(bash.exitCode()).as(printed).isZero();
			return printed;
		}
	}

}
