package dev.udpprobe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.testing.Deny;
import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;
import dev.udpprobe.web.Http;
import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service in a JVM of its own, where a system call is denied as by the seccomp profile of
 * a container.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
@Execution(ExecutionMode.CONCURRENT)
class DeniedCallsTests {

	private static final List<String> OPTIONS = List.of("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
			"--enable-native-access=ALL-UNNAMED");

	private final Path directory;

	private final Path log;

	DeniedCallsTests(@TempDir Path directory) {
		this.directory = directory;
		this.log = directory.resolve("log");
	}

	private Process start(String denied, String... arguments) throws IOException, InterruptedException {
		String[] all = Stream.concat(
				Stream.of("--server.address=127.0.0.1", "--server.port=0", "--udp-probe.echo.port=0"),
				Arrays.stream(arguments)).toArray(String[]::new);
		return Processes.start(new ProcessBuilder(
				Deny.command(this.directory, denied, Java.service(OPTIONS, all)))
				.redirectErrorStream(true)
				.redirectOutput(this.log.toFile()));
	}

	private String log() throws IOException {
		return Files.readString(this.log, StandardCharsets.UTF_8);
	}

	/**
	 * @return the number behind these words in the log
	 */
	private int logged(String words) throws IOException {
		return Pattern.compile(words + " (\\d+)")
				.matcher(log())
				.results()
				.mapToInt((found) -> Integer.parseInt(found.group(1)))
				.findFirst()
				.orElseThrow();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = {
			"sendmmsg, portable: sendmmsg fails with 'Operation not permitted', available",
			"recvmmsg, portable: recvmmsg fails with 'Operation not permitted', available",
			"recvmsg, native, recvmsg fails with 'Operation not permitted'",
			"socket-inet6, native, available"})
	void usesWhatWorksAndSaysWhy(String denied, String transport, String detail) throws Exception {
		Process service = start(denied);
		try (UdpPeer client = UdpPeer.silent(); UdpPeer closed = UdpPeer.refusing()) {
			await().atMost(Duration.ofMinutes(1))
					.failFast(() -> assertThat(service.isAlive()).as(log()).isTrue())
					.until(() -> log().contains("Started UdpProbeApplication"));
			assertThat(log()).contains("(shared, without a key, %s)".formatted(transport),
					"ICMP errors in detail: %s; the kernel's timestamps: %1$s".formatted(detail));
			client.send("hello", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"),
					logged("echo server listens on UDP port")));
			assertThat(client.receive().getLength()).isEqualTo("Hi, hello".length());
			Http http = new Http(logged("Tomcat started on port"));
			await().untilAsserted(() -> assertThat(http.get("/readyz").status()).isEqualTo(200));
			for (String message : List.of("hello", "")) {
				assertThat(http.form("message=" + message).json()).containsEntry("outcome", "replied")
						.containsEntry("reply", "Hi, " + message);
			}
			assertThat(http.form("message=hello&target=" + closed.address()).json())
					.containsEntry("outcome", "refused");
		}
		finally {
			service.destroyForcibly().onExit().join();
		}
	}

	@Test
	void theNativeTransportStopsTheStartIfItCannotReply() throws Exception {
		Process service = start("sendmmsg", "--udp-probe.echo.transport=native",
				"--spring.main.web-application-type=none");
		try {
			assertThat(service.waitFor(Duration.ofMinutes(1))).isTrue();
			assertThat(log()).contains("APPLICATION FAILED TO START", "udp-probe.echo.transport is 'native'",
					": sendmmsg fails with 'Operation not permitted'.")
					.doesNotContain("listens on UDP port", "\tat ");
		}
		finally {
			service.destroyForcibly().onExit().join();
		}
	}

}
