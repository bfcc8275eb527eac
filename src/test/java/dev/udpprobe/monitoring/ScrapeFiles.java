package dev.udpprobe.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * The scrape configurations of docs/prometheus.
 */
final class ScrapeFiles {

	static final Path DIRECTORY = Path.of("docs/prometheus");

	/** What the files of targets and of the operator's resource do not have. */
	private static final String JOBS = "scrape_configs:\n";

	private ScrapeFiles() {}

	static List<Path> all() throws IOException {
		try (Stream<Path> files = Files.list(DIRECTORY)) {
			return files.filter((file) -> text(file).contains(JOBS)).sorted().toList();
		}
	}

	static Stream<JsonNode> jobs() throws IOException {
		return all().stream().flatMap((file) -> MonitoringFiles.yaml(file).path("scrape_configs").valueStream());
	}

	/**
	 * What stands below scrape_configs, in all files together.
	 */
	static String jobsAsText() throws IOException {
		StringBuilder text = new StringBuilder();
		for (Path file : all()) {
			text.append(text(file).split(JOBS, 2)[1]);
		}
		return text.toString();
	}

	static String text(Path file) {
		return Promtool.read(file);
	}

}
