package dev.udpprobe.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service in a JVM that has no IPv6.
 */
@Execution(ExecutionMode.CONCURRENT)
class Ipv4OnlyTests {

	private static final List<String> OPTIONS = List.of("-Djava.net.preferIPv4Stack=true",
			"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED");

	private final Process service;

	private final Http http;

	Ipv4OnlyTests(@TempDir Path directory) throws IOException {
		int port = FreePorts.tcp();
		this.http = new Http(port);
		this.service = Processes.start(new ProcessBuilder(Java.service(OPTIONS,
				"--server.address=127.0.0.1", "--server.port=" + port, "--udp-probe.echo.enabled=false"))
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("log").toFile()));
	}

	@BeforeEach
	void awaitReady() {
		await().atMost(Duration.ofMinutes(1))
				.failFast(() -> assertThat(this.service.isAlive()).isTrue())
				.ignoreExceptionsInstanceOf(IOException.class)
				.untilAsserted(() -> assertThat(this.http.get("/readyz").status()).isEqualTo(200));
	}

	@AfterEach
	void stop() {
		this.service.destroyForcibly().onExit().join();
	}

	/** All in one, since a service takes seconds to start. */
	@Test
	void nothingIsSentToIpv6() throws Exception {
		for (String source : List.of("", "&source=::1")) {
			isNotSent("/send", "message=hello&target=[::1]:9" + source);
			isNotSent("/send", "message=&target=[::1]:9" + source);
			isNotSent("/send", "socket=unconnected&message=hello&target=[::1]:9" + source);
			isNotSent("/trace", "target=[::1]:9" + source);
			isNotSent("/mtu", "target=[::1]:9" + source);
		}
	}

	private void isNotSent(String path, String form) throws Exception {
		Http.Answer answer = this.http.post(path, Http.FORM, form);
		assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(502);
		assertThat(answer.json()).containsEntry("outcome", "not-sent")
				.containsEntry("detail", "Nothing was sent to [::1]:9: this JVM has no IPv6.");
	}

}
