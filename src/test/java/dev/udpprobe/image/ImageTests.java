package dev.udpprobe.image;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.udpprobe.testing.Certificates;
import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.web.TestAccounts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The image, built from the Dockerfile as it stands, on podman's own base image.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageTests {

	private static final String NAME = "udp-probe-check-" + ProcessHandle.current().pid();

	private static final String IMAGE = "localhost/" + NAME + ":latest";

	private ContainerTools tools;

	private boolean tried;

	private boolean built;

	// Before each, since a test that is skipped here says why, but a whole class does not.
	@BeforeEach
	void build(@TempDir Path directory) throws Exception {
		this.tools = new ContainerTools(directory);
		if (!this.tried) {
			this.tried = true;
			this.tools.run("buildah", "bud", "--isolation", "chroot", "--format", "docker", "--build-arg",
					"REVISION=abc123", "--build-arg", "BASE=" + ContainerTools.BASE, "--tag", IMAGE, ".");
			this.built = true;
		}
		assertThat(this.built).as("the image could be built").isTrue();
	}

	@AfterEach
	void end() throws Exception {
		if (this.built) {
			for (String pod : pods()) {
				this.tools.run("podman", "pod", "rm", "--force", pod);
			}
			this.tools.run("podman", "rm", "--force", "--ignore", NAME);
			for (String volume : this.tools.run("podman", "volume", "ls", "--format", "{{.Name}}").lines().toList()) {
				if (volume.startsWith(NAME)) {
					this.tools.run("podman", "volume", "rm", "--force", volume);
				}
			}
		}
	}

	@AfterAll
	void remove(@TempDir Path directory) throws Exception {
		if (this.built) {
			new ContainerTools(directory).run("podman", "rmi", "--force", IMAGE);
		}
	}

	/**
	 * The pods of a Deployment, which podman's versions name differently.
	 */
	private List<String> pods() throws Exception {
		return this.tools.run("podman", "pod", "ps", "--format", "{{.Name}}")
				.lines()
				.filter((pod) -> pod.startsWith(NAME))
				.toList();
	}

	@Test
	void saysWhatItIs() throws Exception {
		assertThat(inspect("{{.User}}")).isEqualTo("65532:65532");
		assertThat(inspect("{{json .Config.Entrypoint}}")).startsWith("[\"java\"").endsWith("\"udp-probe.jar\"]");
		assertThat(inspect("{{json .Config.ExposedPorts}}")).contains("8080/tcp", "7007/udp");
		assertThat(inspect("{{json .Labels}}")).contains("\"org.opencontainers.image.title\":\"udp-probe\"",
				"\"org.opencontainers.image.version\":\"" + version() + "\"",
				"\"org.opencontainers.image.revision\":\"abc123\"");
		assertThat(Long.parseLong(inspect("{{.Size}}"))).isLessThanOrEqualTo(250_000_000);
	}

	@Test
	void servesWithNothingButTheNetwork() throws Exception {
		Service service = start();

		HttpResponse<String> replied = service.send("");
		assertThat(replied.body()).isEqualTo("Hi, hello");
		HttpResponse<String> refused = service.send("?target=127.0.0.1:9");
		assertThat(refused.statusCode()).isEqualTo(502);
		assertThat(refused.body()).contains("\"outcome\":\"refused\"", "\"clock\":\"kernel\"",
				"\"reporter\":\"127.0.0.1\"");
		assertThat(service.get("/actuator/prometheus").body().lines()).contains(
				"udp_echo_datagrams_received_total 1.0", "udp_client_refused_total{target=\"ad-hoc\"} 1.0");
		assertThat(service.get("/actuator/info").body()).contains("\"id\":\"abc123\"",
				"\"version\":\"" + version() + "\"",
				"\"icmpErrors\":\"available\"", "\"timestamps\":\"available\"");

		this.tools.run("podman", "stop", NAME);
		assertThat(this.tools.run("podman", "logs", NAME)).contains("received 1 datagrams");
		assertThat(state("{{.State.ExitCode}} {{.State.OOMKilled}}"))
				.isEqualTo("143 false");
	}

	@Test
	void carriesMoreConnectionsThanItAccepts() throws Exception {
		Service service = start();
		String longest = "{\"message\":\"" + "\\u00e9".repeat(30_000) + "\"}";
		// Some may time out, as long as the service lives.
		List<CompletableFuture<Integer>> answers = IntStream.range(0, 1_000)
				.mapToObj((_) -> service.sendLater(longest))
				.toList();
		assertThat(answers).map(CompletableFuture::join).contains(200);
		this.tools.awaitReady(service, NAME);
		assertThat(service.send("").body()).isEqualTo("Hi, hello");
		assertThat(state("{{.State.Status}} {{.State.OOMKilled}}")).isEqualTo("running false");
	}

	private static List<String> values(int port) throws IOException {
		return List.of("--set", "fullnameOverride=" + NAME, "--set", "http.port=" + port, "--set",
				"config.echo.port=" + FreePorts.tcp(), "--set", "config.echo.greeting=Hello ", "--set",
				"image.repository=localhost/" + NAME, "--set", "image.tag=latest", "--set", "image.pullPolicy=Never");
	}

	@Test
	void runsAsTheChartDeploysIt() throws Exception {
		int port = FreePorts.tcp();
		List<String> values = values(port);
		this.tools.run("podman", "play", "kube",
				this.tools.file("workload.yaml", render(values, "configmap.yaml", "workload.yaml")).toString());
		String pod = pods().getFirst();
		String address = this.tools.address(pod);
		String container = pod + "-udp-probe";
		Service service = new Service(address, port);
		this.tools.awaitReady(service, container);

		assertThat(service.send("").body()).isEqualTo("Hello hello");

		assertThat(test(values, "exchange", "udp", address)).isEqualTo("reply: Hello helm test");
		assertThat(test(values, "refusal", "http", address)).contains("HTTP/1.1 502", "\"outcome\":\"refused\"");

		this.tools.run("podman", "pod", "stop", pod);
		assertThat(this.tools.run("podman", "logs", container)).contains("received 2 datagrams");
	}

	/**
	 * With its probes, which know nothing of either. Podman 4.3 does not decode what is in a Secret, so here they are ConfigMaps.
	 */
	@Test
	void takesAccountsAndACertificateFromFiles(@TempDir Path directory) throws Exception {
		Certificates.make(directory, "tls");
		List<String> values = Stream.concat(values(8080).stream(), Stream.of("--set", "security.accountsSecret=" + NAME
				+ "-accounts", "--set", "http.tlsSecret=" + NAME + "-tls")).toList();
		String workload = render(values, "configmap.yaml", "workload.yaml")
				.replaceAll("secret:\n( +)secretName:", "configMap:\n$1name:");
		assertThat(workload).doesNotContain("secretName");
		this.tools.run("podman", "play", "kube", this.tools.file("secured.yaml", String.join("\n---\n",
				configMap("accounts", Map.of("accounts.yaml", TestAccounts.all())),
				configMap("tls", Map.of("tls.crt", Files.readString(directory.resolve("tls.crt")), "tls.key",
						Files.readString(directory.resolve("tls.key")))),
				workload)).toString());
		String pod = pods().getFirst();
		String address = this.tools.address(pod);
		this.tools.awaitReady(new Service(address, 8090), pod + "-udp-probe");

		assertThat(status(directory, address, "/targets")).isEqualTo("401");
		assertThat(status(directory, address, "/targets", "--header", bearer("view"))).isEqualTo("200");
		assertThat(status(directory, address, "/actuator/prometheus", "--header", bearer("view"))).isEqualTo("200");
		assertThat(status(directory, address, "/send", "--header", bearer("view"), "--data", "message=a"))
				.isEqualTo("403");
		assertThat(status(directory, address, "/send", "--header", bearer("ask"), "--data", "message=a"))
				.isEqualTo("200");
		assertThat(status(directory, address, "/send", "--user", "ask:" + TestAccounts.PASSWORD, "--data", "message=a"))
				.isEqualTo("200");
	}

	private static String bearer(String account) {
		return "Authorization: Bearer " + TestAccounts.token(account);
	}

	private String status(Path directory, String address, String path, String... options) throws Exception {
		return this.tools.run("curl", Stream.concat(Stream.of("--silent", "--output", "/dev/null", "--write-out",
				"%{http_code}", "--cacert", directory.resolve("tls.crt").toString(), "--connect-to",
				"127.0.0.1:8080:%s:8080".formatted(address), "https://127.0.0.1:8080" + path), Stream.of(options))
				.toArray(String[]::new));
	}

	private static String configMap(String name, Map<String, String> files) {
		return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s-%s\ndata:\n%s".formatted(NAME, name,
				files.entrySet().stream()
						.map((file) -> "  %s: |\n%s".formatted(file.getKey(), file.getValue().indent(4)))
						.collect(Collectors.joining()));
	}

	@Test
	void aSidecarSaysWhetherTheServerBesideItIsAlive() throws Exception {
		SidecarPod pod = SidecarPod.play(this.tools, NAME + "-sidecar", IMAGE);
		pod.awaitAlive();

		pod.killServer();
		HttpResponse<String> refused = pod.ask();
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.body()).contains("\"outcome\":\"refused\"", "\"verdict\":\"fail\"", "\"tries\":1,");
		// So the server is started again, and not the sidecar.
		assertThat(pod.health().get("/livez").statusCode()).isEqualTo(200);
		assertThat(pod.health().get("/readyz").statusCode()).isEqualTo(200);
		assertThat(pod.health().get(pod.check()).statusCode()).isEqualTo(404);

		pod.startServer();
		pod.awaitAlive();
	}

	private Service start() throws Exception {
		int port = FreePorts.tcp();
		// AOTMode=on ends a JVM that cannot use the cache.
		this.tools.run("podman", "run", "--detach", "--name", NAME, "--pull=never", "--network", "host", "--read-only",
				"--read-only-tmpfs=false", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory",
				"256m", "--env", "SERVER_PORT=" + port, "--env", "SERVER_ADDRESS=127.0.0.1", "--env",
				"UDPPROBE_ECHO_PORT=0", "--env", "UDPPROBE_ECHO_ADDRESS=127.0.0.1", "--env",
				"JAVA_TOOL_OPTIONS=-XX:AOTMode=on", IMAGE);
		Service service = new Service("127.0.0.1", port);
		this.tools.awaitReady(service, NAME);
		return service;
	}

	/**
	 * Runs one of the chart's test pods, to which the service has the workload's address.
	 * @return what it wrote
	 */
	private String test(List<String> values, String name, String service, String address) throws Exception {
		String pod = render(values, "tests/" + name + ".yaml");
		String file = this.tools.file(name + ".yaml", pod.replaceFirst("(?m)^spec:$", """
				spec:
				  hostAliases:
				    - ip: "%s"
				      hostnames: ["%s"]""".formatted(address, NAME + "-" + service))).toString();
		try {
			this.tools.run("podman", "play", "kube", file);
			String container = NAME + "-test-" + name + "-" + name;
			assertThat(this.tools.run("podman", "wait", container))
					.as(() -> "exit code of the test " + name)
					.isEqualTo("0");
			return this.tools.run("podman", "logs", container);
		}
		finally {
			this.tools.run("podman", "play", "kube", "--down", file);
		}
	}

	private String render(List<String> values, String... templates) throws Exception {
		Stream<String> shown = Stream.of(templates)
				.flatMap((template) -> Stream.of("--show-only", "templates/" + template));
		return this.tools.run("helm",
				Stream.of(Stream.of("template", "check", "helm/udp-probe"), values.stream(), shown)
						.flatMap((arguments) -> arguments)
						.toArray(String[]::new));
	}

	private String state(String format) throws Exception {
		return this.tools.run("podman", "inspect", "--format", format, NAME);
	}

	private String inspect(String format) throws Exception {
		return this.tools.run("podman", "image", "inspect", "--format", format, IMAGE);
	}

	private static String version() throws IOException {
		String pom = Files.readString(Path.of("pom.xml"));
		Matcher matcher = Pattern.compile("<artifactId>udp-probe</artifactId>\\s*<version>(.*)</version>").matcher(pom);
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

}
