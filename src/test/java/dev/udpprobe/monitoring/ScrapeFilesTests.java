package dev.udpprobe.monitoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ScrapeFilesTests {

	static List<Path> files() throws IOException {
		return ScrapeFiles.all();
	}

	@ParameterizedTest
	@MethodSource("files")
	void promtoolFindsNoMistake(Path file) throws Exception {
		Promtool.accepts("", "check", "config", "--lint-fatal", file.toString());
	}

	@Test
	void thereIsOneForEachWayToFindTargets() throws IOException {
		assertThat(ScrapeFiles.jobs().flatMap((job) -> job.propertyNames().stream())
				.filter((key) -> key.endsWith("_sd_configs") || key.equals("static_configs"))
				.distinct()).containsExactlyInAnyOrder("static_configs", "file_sd_configs", "http_sd_configs");
	}

	/**
	 * So that several files can be loaded at once, and the rules find their jobs.
	 */
	@Test
	void everyJobHasItsOwnNameThatTheRulesKnow() throws IOException {
		assertThat(ScrapeFiles.jobs().map((job) -> MonitoringFiles.text(job, "job_name"))).doesNotHaveDuplicates()
				.allMatch(MonitoringFiles.PROBES::knowsJob);
	}

	@Test
	void everyJobAsksTheServiceForTheTarget() throws IOException {
		List<Map<String, String>> steps = List.of(Map.of("from", "__address__", "to", "__param_target"),
				Map.of("from", "__param_target", "to", "instance"), Map.of("from", "__param_module", "to", "module"),
				Map.of("from", "localhost:8080", "to", "__address__"));
		assertThat(ScrapeFiles.jobs().toList()).isNotEmpty().allSatisfy((job) -> {
			assertThat(MonitoringFiles.text(job, "metrics_path")).isEqualTo("/probe");
			assertThat(job.path("relabel_configs").valueStream().map(ScrapeFilesTests::step)).isEqualTo(steps);
		});
	}

	private static Map<String, String> step(JsonNode relabelling) {
		String from = relabelling.has("replacement")
				? MonitoringFiles.text(relabelling, "replacement")
				: relabelling.path("source_labels").path(0).asString();
		return Map.of("from", from, "to", MonitoringFiles.text(relabelling, "target_label"));
	}

	/**
	 * Of a list that is not there, promtool only warns.
	 */
	@Test
	void theListOfTargetsIsWhatItsJobReads() throws IOException {
		Stream<JsonNode> lists = ScrapeFiles.jobs().flatMap((job) -> job.findValues("files").stream());
		assertThat(lists.map((list) -> list.path(0).asString())).containsExactly("targets.yaml");
		assertThat(MonitoringFiles.yaml(ScrapeFiles.DIRECTORY.resolve("targets.yaml")).valueStream()).isNotEmpty()
				.allSatisfy((group) -> {
					assertThat(group.path("targets")).isNotEmpty();
					assertThat(MonitoringFiles.text(group.path("labels"), "__param_module")).isNotBlank();
				});
	}

}
