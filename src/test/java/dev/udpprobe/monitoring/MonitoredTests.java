package dev.udpprobe.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.udpprobe.server.UdpServer;
import dev.udpprobe.web.UdpPeer;

/**
 * One running service for all tests of this package.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "udp-probe.echo.port=0")
abstract class MonitoredTests {

	static final UdpPeer REFUSING = UdpPeer.refusing();

	static final UdpPeer SILENT = UdpPeer.silent();

	/** Is probed by its name; by Prometheus, not by the monitor. */
	private static final UdpPeer GREETER = UdpPeer.on((self, packet, _) -> self.echo(packet));

	/** Has the modules of {@link BlackboxExporter}. */
	static final Path MODULES = temporary("modules", BlackboxExporter.configuration(BlackboxExporter.OURS));

	/** Has no targets but while a test gives it some. */
	static final Path TARGET_FILE = temporary("targets", "[]");

	@LocalServerPort
	int port;

	@Autowired
	UdpServer echoServer;

	@DynamicPropertySource
	static void targets(DynamicPropertyRegistry properties) {
		properties.add("udp-probe.module-files", MODULES::toString);
		properties.add("udp-probe.target-files", TARGET_FILE::toString);
		UdpPeer.configure(properties, REFUSING, SILENT);
		Map.of("name", "greeter", "address", GREETER.address(), "module", "any", "with.message", "hello", "interval",
				"0",
				"labels.site", "west")
				.forEach((key, value) -> properties.add("udp-probe.targets[2]." + key, () -> value));
	}

	private static Path temporary(String name, String content) {
		try {
			Path file = Files.createTempFile(name, ".yaml");
			file.toFile().deleteOnExit();
			return Files.writeString(file, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
