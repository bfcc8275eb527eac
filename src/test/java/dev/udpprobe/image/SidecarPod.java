package dev.udpprobe.image;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.udpprobe.testing.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The pod of docs/kubernetes/sidecar.yaml as it stands, but for its name, the name of the image, and the ports, which podman publishes on
 * this host.
 *
 * <p>
 * Its probes are asked as a kubelet asks them: from outside, by the pod's address. Podman makes a health check of a liveness
 * probe, but that is a {@code curl} within the container, and the image has none.
 *
 * @param server the name of the server's container
 * @param check the path of the server's probes, on the sidecar's HTTP port
 * @param health the sidecar's port for its own probes
 */
record SidecarPod(ContainerTools tools, String server, String check, Service http, Service health) {

	private static final Path MANIFEST = Path.of("docs/kubernetes/sidecar.yaml");

	private static final Pattern CHECK = Pattern.compile("path: (/check.*)");

	private static final List<String> PORTS = List.of("8080", "8090", "8081", "7007");

	static SidecarPod play(ContainerTools tools, String name, String image) throws IOException, InterruptedException {
		String manifest = Files.readString(MANIFEST)
				.replaceFirst("(?<=name: )udp-server", name)
				.replaceAll("(?<=image: ).*", image);
		List<Integer> ports = List.of(FreePorts.tcp(), FreePorts.tcp(), FreePorts.tcp(), FreePorts.udp());
		for (int i = 0; i < PORTS.size(); i++) {
			manifest = manifest.replaceAll("\\b%s\\b".formatted(PORTS.get(i)), ports.get(i).toString());
		}
		List<String> paths = CHECK.matcher(manifest).results().map((MatchResult path) -> path.group(1)).toList();
		assertThat(paths).hasSize(3).containsOnly(paths.getFirst());
		tools.run("podman", "play", "kube", tools.file("sidecar.yaml", manifest).toString());
		String address = tools.address(name);
		Service http = new Service(address, ports.getFirst());
		tools.awaitReady(http, name + "-udp-probe");
		return new SidecarPod(tools, name + "-server", paths.getFirst(), http, new Service(address, ports.get(1)));
	}

	HttpResponse<String> ask() throws IOException, InterruptedException {
		return this.http.get(this.check);
	}

	void awaitAlive() {
		await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
			HttpResponse<String> answer = ask();
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		});
	}

	/**
	 * Kills the server, and waits for its end.
	 */
	void killServer() throws IOException, InterruptedException {
		this.tools.run("podman", "stop", "--time", "0", this.server);
	}

	void startServer() throws IOException, InterruptedException {
		this.tools.run("podman", "start", this.server);
	}

}
