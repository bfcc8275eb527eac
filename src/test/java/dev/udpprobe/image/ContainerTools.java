package dev.udpprobe.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assertions;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Buildah, podman and helm, run one after the other.
 */
final class ContainerTools {

	/**
	 * The base image, by the name that podman has it under.
	 */
	static final String BASE = "debian:trixie-slim";

	private static final Duration LONGEST = Duration.ofMinutes(15);

	private final Path directory;

	/**
	 * Skips or fails the test where one of the programs or the base image is missing.
	 * @param directory for files of its own
	 */
	ContainerTools(Path directory) throws IOException, InterruptedException {
		List.of("buildah", "podman", "runc", "helm").forEach(ExternalTool::find);
		this.directory = directory;
		// The defaults are above what an unprivileged machine lets a container have.
		Files.writeString(directory.resolve("containers.conf"), """
				[containers]
				default_ulimits = ["nofile=20000:20000", "nproc=10000:10000"]
				[engine]
				runtime = "runc"
				""");
		ExternalTool.require(ProcessHandle.current().info().user().filter("root"::equals).isPresent(),
				"only root has a network between host and containers");
		ExternalTool.require(run("podman", "images", "--quiet", BASE).lines().findAny().isPresent(),
				"podman has no image " + BASE);
	}

	/**
	 * @return what the program wrote to its standard output
	 */
	String run(String program, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(ExternalTool.find(program)));
		command.addAll(Arrays.asList(arguments));
		Path output = Files.createTempFile(this.directory, program, ".out");
		Path errors = Files.createTempFile(this.directory, program, ".err");
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile())
				.redirectError(errors.toFile());
		builder.environment().put("CONTAINERS_CONF", this.directory.resolve("containers.conf").toString());
		builder.environment().put("STORAGE_DRIVER", "overlay");
		Process process = Processes.start(builder);
		try {
			boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
			if (!ended || process.exitValue() != 0) {
				Assertions.fail("%s %s%n%s%n%s".formatted(ended ? process.exitValue() : "did not end:", command,
						text(output), text(errors)));
			}
			return text(output).strip();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * @return the address of a pod on podman's network
	 */
	String address(String pod) throws IOException, InterruptedException {
		return run("podman", "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
				run("podman", "pod", "inspect", "--format", "{{.InfraContainerID}}", pod));
	}

	/**
	 * Waits until a container's service says that it is ready.
	 */
	void awaitReady(Service service, String container) {
		await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200))
				.ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
					assertThat(run("podman", "inspect", "--format", "{{.State.Status}}", container))
							.as(() -> logs(container))
							.isEqualTo("running");
					assertThat(service.get("/readyz").statusCode()).isEqualTo(200);
				});
	}

	private String logs(String container) {
		try {
			return run("podman", "logs", container);
		}
		catch (Exception ex) {
			return ex.toString();
		}
	}

	Path file(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content);
	}

	// What a build prints need not be UTF-8.
	private static String text(Path file) throws IOException {
		return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
	}

}
