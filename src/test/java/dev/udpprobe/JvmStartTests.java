package dev.udpprobe;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.destination.Resolver;
import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts of the service in a JVM of its own. These tests mostly wait for it, so they run side by
 * side with the others.
 */
@Execution(ExecutionMode.CONCURRENT)
class JvmStartTests {

	@Test
	void anAddressOfAFamilyThatThisHostLacksStopsTheStart() throws Exception {
		List<String> options = List.of("-Djava.net.preferIPv4Stack=true",
				"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED");
		for (String transport : List.of("native", "portable")) {
			Process service = Processes.start(new ProcessBuilder(Java.service(options,
					"--spring.main.web-application-type=none", "--udp-probe.echo.address=::1",
					"--udp-probe.echo.port=0", "--udp-probe.echo.transport=" + transport))
					.redirectErrorStream(true));
			String output = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(service.waitFor()).isOne();
			assertThat(output).contains("APPLICATION FAILED TO START", "UDP [::1]:0: this JVM has no IPv6")
					.doesNotContain("\tat ");
		}
	}

	@Test
	void aStartAndAFirstRequestTakeFewLinesOfTheLog() throws Exception {
		Process service = Processes.start(new ProcessBuilder(Java.service(
				List.of("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"),
				"--server.address=127.0.0.1", "--server.port=0", "--udp-probe.echo.port=0"))
				.redirectErrorStream(true));
		List<String> lines = new ArrayList<>();
		try (BufferedReader log = service.inputReader()) {
			while (lines.isEmpty() || !lines.getLast().contains(": Started UdpProbeApplication in ")) {
				String line = log.readLine();
				assertThat(line).as("after %s", lines).isNotNull();
				lines.add(line);
			}
			Matcher port = Pattern.compile("Tomcat started on port (\\d+)").matcher(String.join("\n", lines));
			assertThat(port.find()).isTrue();
			assertThat(new Http(Integer.parseInt(port.group(1))).form("message=hello").json()).containsEntry("reply",
					"Hi, hello");
			service.toHandle().destroy();
			String next = log.readLine();
			assertThat(next).contains("Commencing graceful shutdown");
		}
		finally {
			service.destroyForcibly().onExit().join();
		}
		// The JVM may have said something, too.
		List<String> logged = lines.stream().filter((line) -> line.contains(" --- [udp-probe] ")).toList();
		assertThat(logged).hasSizeBetween(2, 8).anyMatch((line) -> line.contains("echo server listens on UDP port"));
	}

	/**
	 * The JDK has its hosts from a file that changes meanwhile.
	 */
	static final class Names {

		static void main(String[] args) throws Exception {
			UdpProbeApplication.main(
					new String[]{"--spring.main.web-application-type=none", "--udp-probe.echo.enabled=false"});
			try (Resolver resolver = new Resolver(Set.of(), Duration.ZERO, Duration.ZERO)) {
				for (String line : List.of("", "192.0.2.1 a.example\n", "192.0.2.2 a.example\n")) {
					Files.writeString(Path.of(args[0]), line);
					System.out.println(resolver.resolve("a.example").handle((address, failure) -> "=" + address).get());
				}
			}
			System.exit(0);
		}

	}

	@Test
	void theJdkKeepsNoAddressesOfNames(@TempDir Path directory) throws Exception {
		Path hosts = directory.resolve("hosts");
		Process service = Processes.start(new ProcessBuilder(
				Java.command(List.of("-Djdk.net.hosts.file=" + hosts), Names.class, hosts.toString()))
				.redirectErrorStream(true));
		String output = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(output).containsSubsequence("=null", "=[a.example/192.0.2.1]", "=[a.example/192.0.2.2]");
	}

}
