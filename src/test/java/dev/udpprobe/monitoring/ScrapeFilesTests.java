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
		List<Map<String, String>> fromAddress = List.of(step("__address__", "__param_target"));
		List<Map<String, String>> byName = List.of(step("__meta_udp_probe_module", "keep"),
				step("__meta_udp_probe_module", "__param_module"), step("__meta_udp_probe_label_(.+)", "labelmap"),
				step("__meta_udp_probe_name", "__param_target"));
		List<Map<String, String>> rest = List.of(step("__param_target", "instance"), step("__param_module", "module"),
				step("localhost:8080", "__address__"));
		assertThat(ScrapeFiles.jobs().toList()).isNotEmpty().allSatisfy((job) -> {
			assertThat(MonitoringFiles.text(job, "metrics_path")).isEqualTo("/probe");
			boolean named = job.path("http_sd_configs").path(0).path("url").asString("").endsWith("/discovery/targets");
			assertThat(job.path("relabel_configs").valueStream().map(ScrapeFilesTests::step)).isEqualTo(
					Stream.concat((named ? byName : fromAddress).stream(), rest.stream()).toList());
		});
	}

	private static Map<String, String> step(String from, String to) {
		return Map.of("from", from, "to", to);
	}

	private static Map<String, String> step(JsonNode relabelling) {
		JsonNode sources = relabelling.path("source_labels");
		String from = sources.isArray()
				? sources.path(0).asString()
				: MonitoringFiles.text(relabelling, relabelling.has("replacement") ? "replacement" : "regex");
		return step(from, MonitoringFiles.text(relabelling, relabelling.has("action") ? "action" : "target_label"));
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
