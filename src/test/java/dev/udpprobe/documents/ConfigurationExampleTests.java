package dev.udpprobe.documents;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.module.Modules;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.TargetFiles;
import dev.udpprobe.probe.Questions;
import dev.udpprobe.probe.Sender;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service starts with the files that docs/configuration.md, docs/modules.md and docs/prometheus.md give as examples, and the modules among them do
 * what is said of them.
 */
class ConfigurationExampleTests {

	private static final Pattern FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	@Test
	void theExamplesAreTaken(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("application.yaml"),
				examples("docs/configuration.md").getFirst());
		Path targets = Files.writeString(directory.resolve("targets.yaml"),
				examples("docs/configuration.md").getLast());
		List<String> modules = new ArrayList<>(examples("docs/modules.md"));
		modules.addAll(examples("docs/prometheus.md"));
		for (String module : modules) {
			Files.writeString(directory.resolve(modules.indexOf(module) + ".modules.yaml"), module);
		}
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(UdpProbeApplication.class)
				.web(WebApplicationType.NONE)
				.run("--spring.config.additional-location=" + file, "--udp-probe.echo.port=0",
						"--udp-probe.client.allowed-targets=127.0.0.0/8",
						"--udp-probe.module-files=%s/*.modules.yaml".formatted(directory),
						"--udp-probe.target-files=" + targets)) {
			assertThat(context.getBean(Targets.class).all()).extracting(Target::name)
					.containsExactly("echo", "dns", "far", "192.0.2.53:53", "[2001:db8::53]:53", "clock");
			assertThat(context.getBean(TargetFiles.class).wrong()).isZero();
			assertThat(context.getBean(Monitor.class).find("far").orElseThrow().spec().labels())
					.containsExactly(Map.entry("site", "berlin"), Map.entry("rack_row", "b7"));
			assertThat(context.getBean(Modules.class).all()).extracting(ProbeModule::name)
					.contains("arena", "time-of-day", "login", "printer", "a2s", "my-zone", "dns-www");
			Sender sender = context.getBean(Sender.class);
			assertThat(answer(sender, "arena", ConfigurationExampleTests::quake)).isEqualTo("Fragfest");
			assertThat(answer(sender, "a2s", ConfigurationExampleTests::a2s))
					.isEqualTo("Fragfest, 3 of 16 players on dm6");
			ProbeModule timeOfDay = Objects.requireNonNull(context.getBean(Modules.class).find("time-of-day"));
			assertThat(timeOfDay.port()).isEqualTo(7777);
			ProbeModule dns = Objects.requireNonNull(context.getBean(Modules.class).find("dns-www"));
			assertThat(dns.timeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(dns.protocol()).isEqualTo("dns");
		}
	}

	private static List<String> examples(String document) throws IOException {
		return FILE.matcher(Files.readString(Path.of(document))).results().map((match) -> match.group(1)).toList();
	}

	/**
	 * @param server makes an answer of each datagram
	 * @return what is told of the answer
	 */
	private static String answer(Sender sender, String module, UnaryOperator<String> server) throws Exception {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
			var _ = Thread.ofVirtual().start(() -> serve(socket, server));
			var result = sender.send(new Sender.Request(new Questions.Question(null, module, Map.of()),
					"127.0.0.1:" + socket.getLocalPort(), null, ExchangeOptions.CONNECTED)).get();
			return Objects.requireNonNull(result.judged()).judgement().sentence();
		}
	}

	private static void serve(DatagramSocket socket, UnaryOperator<String> server) {
		DatagramPacket packet = new DatagramPacket(new byte[512], 512);
		try {
			while (true) {
				packet.setLength(512);
				socket.receive(packet);
				String request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
				byte[] answer = server.apply(request).getBytes(StandardCharsets.ISO_8859_1);
				socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
			}
		}
		catch (IOException _) {
			// It is closed.
		}
	}

	private static String quake(String request) {
		return request.replaceFirst("getinfo (.*)",
				"infoResponse\n\\\\challenge\\\\$1\\\\sv_maxclients\\\\8\\\\hostname\\\\Fragfest\\\\mapname\\\\q3dm6");
	}

	private static String a2s(String request) {
		String challenge = "\12\33\54\75";
		return request.endsWith("\0" + challenge)
				? "\u00ff\u00ff\u00ff\u00ffI\21Fragfest\0dm6\0folder\0game\0\1\0\3\20\0dl\0\0" + "1.0\0"
				: "\u00ff\u00ff\u00ff\u00ffA" + challenge;
	}

}
