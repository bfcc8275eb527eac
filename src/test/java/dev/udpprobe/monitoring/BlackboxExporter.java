package dev.udpprobe.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.web.Http;

import static org.awaitility.Awaitility.await;

/**
 * The real blackbox_exporter, with the modules that {@link MonitoredTests} have, too: DNS over UDP.
 */
final class BlackboxExporter implements AutoCloseable {

	/** The modules with what each asks for. */
	static final List<Asks> MODULES = List.of(new Asks("dns-a", "www.example.test", "A"),
			new Asks("dns-soa", "example.test", "SOA"), new Asks("dns-no-soa", "www.example.test", "SOA"),
			new Asks("dns-nobody", "none.example.test", "A"), new Asks("dns-refused", "refused.test", "A"));

	static final String THEIRS = """
			  %s:
			    prober: dns
			    timeout: 1s
			    dns:
			      transport_protocol: udp
			      preferred_ip_protocol: ip4
			      query_name: %s
			      query_type: %s
			""";

	/** The same question in this service's words. Theirs has no EDNS. */
	static final String OURS = """
			  %s:
			    like: dns
			    with: {name: %s, type: %s, size: "0"}
			""";

	private final Path configuration;

	private final int port = FreePorts.tcp();

	private final ExternalTool process;

	/**
	 * A module's question.
	 */
	record Asks(String module, String name, String type) {}

	/**
	 * Returns when it answers.
	 * @param directory for its files
	 */
	BlackboxExporter(Path directory) throws IOException {
		this.configuration = Files.writeString(directory.resolve("blackbox.yaml"), configuration(THEIRS));
		this.process = ExternalTool.startLogging(directory.resolve("blackbox.log"), "prometheus-blackbox-exporter",
				"--config.file=" + this.configuration, "--web.listen-address=127.0.0.1:" + this.port);
		boolean started = false;
		try {
			await().atMost(Duration.ofSeconds(30))
					.ignoreException(java.net.ConnectException.class)
					.until(() -> http().get("/-/healthy").status() == 200);
			started = true;
		}
		finally {
			if (!started) {
				close();
			}
		}
	}

	/**
	 * @return the file of modules
	 */
	static String configuration(String module) {
		return MODULES.stream()
				.map((asks) -> module.formatted(asks.module(), asks.name(), asks.type()))
				.collect(Collectors.joining("", "modules:\n", ""));
	}

	/**
	 * @return its file of modules
	 */
	Path configuration() {
		return this.configuration;
	}

	Http http() {
		return new Http(this.port);
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
