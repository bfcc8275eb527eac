package dev.udpprobe.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.Java;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service in a JVM of its own, at a node of the lab. Its HTTP is reached from outside
 * through a socket in the file system, since those know no network namespaces.
 */
final class Service implements AutoCloseable {

	private final Deque<ExternalTool> opened = new ArrayDeque<>();

	private final ExternalTool process;

	private final Path log;

	private final int outside;

	private final Http http;

	/**
	 * Starts one that asks, and does not wait.
	 * @param directory for its files
	 */
	Service(Mode mode, Namespace node, Path directory) throws IOException {
		this(mode.name(), mode, mode.httpPort(), node, directory, "--udp-probe.echo.enabled=false",
				"--udp-probe.client.allowed-targets=0.0.0.0/0,::/0");
	}

	/**
	 * Starts one, and does not wait.
	 * @param name of its files
	 * @param httpPort inside
	 * @param directory for its files
	 */
	Service(String name, Mode mode, int httpPort, Namespace node, Path directory, String... arguments)
			throws IOException {
		this.outside = FreePorts.tcp();
		Path socket = directory.resolve(name + ".socket");
		this.log = directory.resolve(name + ".log");
		this.http = new Http(this.outside);
		List<String> all = new ArrayList<>(List.of("--server.address=127.0.0.1", "--server.port=" + httpPort));
		all.addAll(List.of(arguments));
		boolean started = false;
		try {
			this.process = node.startLogging(this.log,
					Java.service(mode.options(), all.toArray(String[]::new)));
			this.opened.push(this.process);
			this.opened.push(node.start("socat", "UNIX-LISTEN:%s,fork,backlog=1024".formatted(socket),
					"TCP4:127.0.0.1:%d,retry=1000,interval=0.01".formatted(httpPort)));
			this.opened.push(ExternalTool.start("socat",
					"TCP4-LISTEN:%d,bind=127.0.0.1,reuseaddr,fork,backlog=1024".formatted(this.outside),
					"UNIX-CONNECT:" + socket));
			started = true;
		}
		finally {
			if (!started) {
				close();
			}
		}
	}

	void awaitReady() {
		await().atMost(Duration.ofMinutes(1))
				.failFast(() -> assertThat(this.process.isRunning()).as(this::log).isTrue())
				.ignoreExceptionsInstanceOf(IOException.class)
				.untilAsserted(() -> assertThat(this.http.get("/readyz").status()).isEqualTo(200));
	}

	/**
	 * @return the port of this host at which its HTTP is
	 */
	int port() {
		return this.outside;
	}

	Http http() {
		return this.http;
	}

	/**
	 * Has it stand still for some time.
	 */
	void sleep(Duration time) throws IOException, InterruptedException {
		this.process.pause();
		await().atMost(time.multipliedBy(2)).pollDelay(time).until(() -> true);
		this.process.resume();
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		while (!this.opened.isEmpty()) {
			this.opened.pop().close();
		}
	}

}
