package dev.udpprobe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.module.SampleServer;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.Processes;
import dev.udpprobe.testing.RealServer;
import dev.udpprobe.testing.ThisJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The commands of the recipes print what the document says: without a server, with one that is silent, and with the real one.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = ThisJvm.LOCK, mode = ResourceAccessMode.READ)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
		"udp-probe.echo.enabled=false", "udp-probe.module-files=src/test/resources/secrets.yaml"})
class RecipesTests {

	private final int httpPort;

	RecipesTests(@LocalServerPort int httpPort) {
		this.httpPort = httpPort;
	}

	@ParameterizedTest
	@MethodSource
	void theCommandsPrintWhatTheRecipeSays(String heading, @TempDir Path directory) throws Exception {
		ExternalTool.requireKernelDetail();
		Stream.of("curl", "jq").forEach(ExternalTool::find);
		RealServer real = RealServer.ofLoopback(Recipe.module(heading));
		if (real != null) {
			real.find();
		}
		Recipe recipe = Recipe.of(heading, this.httpPort);
		ShellBlock first = recipe.blocks().getFirst();
		assertPrints(first, recipe.refused());
		withSilence(recipe.port(), () -> assertPrints(first, recipe.silent()));
		try (AutoCloseable _ = (real != null)
				? real.start(directory, recipe.port())
				: SampleServer.start(recipe.module(), recipe.port())) {
			for (ShellBlock block : recipe.blocks()) {
				await().atMost(Duration.ofSeconds(30))
						.untilAsserted(() -> assertThat(print(block)).as(() -> log(directory))
								.matches(Recipe.pattern(block.expected())));
			}
		}
	}

	static Set<String> theCommandsPrintWhatTheRecipeSays() throws IOException {
		return Recipe.headings();
	}

	/** Those of the library, but for those whose answer depends on what is sent. */
	@Test
	void everyModuleHasARecipe() throws IOException {
		Set<String> modules = LibraryModules.with().all().stream().map(ProbeModule::name).collect(Collectors.toSet());
		modules.removeAll(Set.of("any", "echo"));
		Set<String> said = new HashSet<>();
		for (ShellBlock block : ShellBlock.of(Recipe.DOCUMENT)) {
			said.addAll(Recipe.modules(block));
		}
		assertThat(said).isEqualTo(modules);
	}

	private static void withSilence(int port, Runnable what) throws IOException {
		DatagramSocket silent = new DatagramSocket(port, InetAddress.ofLiteral("127.0.0.1"));
		try {
			what.run();
		}
		finally {
			synchronized (Processes.START) {
				silent.close();
			}
		}
	}

	private static void assertPrints(ShellBlock block, String text) {
		assertThat(print(block)).as(block::toString).matches(Recipe.pattern(text));
	}

	private static String print(ShellBlock block) {
		try (ExternalTool bash = ExternalTool.start("bash", "-c", block.command())) {
			return bash.output().lines().map((line) -> line + "\n").collect(Collectors.joining());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String log(Path directory) {
		try {
			Path log = directory.resolve("log");
			return Files.exists(log) ? Files.readString(log) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
