package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The licences in the bill of materials, which Maven does not make offline.
 */
class LicenceTests {

	private static final Path MATERIALS = Path.of("target/classes/META-INF/sbom/application.cdx.json");

	@Test
	void everyComponentHasOne() {
		assertThat(licences()).isNotEmpty().allSatisfy((name, licences) -> assertThat(licences).as(name).isNotEmpty());
	}

	@Test
	void noticeNamesAllButApache() throws IOException {
		Map<String, String> others = licences();
		others.values().removeIf("Apache-2.0"::equals);
		assertThat(Files.readAllLines(Path.of("NOTICE")).stream().filter((line) -> line.startsWith("- ")))
				.containsExactlyInAnyOrderElementsOf(
						others.entrySet().stream()
								.map((other) -> "- %s: %s".formatted(other.getKey(), other.getValue()))
								.toList());
	}

	@Test
	void jarHasTheTexts() {
		assertThat(Path.of("target/classes/META-INF/LICENSE")).hasSameTextualContentAs(Path.of("LICENSE"));
		assertThat(Path.of("target/classes/META-INF/NOTICE")).hasSameTextualContentAs(Path.of("NOTICE"));
	}

	/**
	 * @return by the group and the name of the component; empty for one without
	 */
	private static Map<String, String> licences() {
		ExternalTool.require(Files.exists(MATERIALS), "Maven was offline and made no " + MATERIALS);
		Map<String, String> found = new TreeMap<>();
		for (JsonNode component : JsonMapper.shared().readTree(MATERIALS.toFile()).path("components")) {
			found.put(component.path("group").asString() + ":" + component.path("name").asString(),
					component.path("licenses").valueStream()
							.map(LicenceTests::licence).collect(Collectors.joining(", ")));
		}
		return found;
	}

	// The identifier of SPDX where there is one.
	private static String licence(JsonNode entry) {
		JsonNode licence = entry.path("license");
		return licence.path("id").asString(licence.path("name").asString(entry.path("expression").asString("")));
	}

}
