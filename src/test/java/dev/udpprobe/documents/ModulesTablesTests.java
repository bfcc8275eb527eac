package dev.udpprobe.documents;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.module.Modules;
import dev.udpprobe.testing.RealServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The tables of docs/modules.md have what a module may say.
 */
class ModulesTablesTests {

	private static final Path DOCUMENT = Path.of("docs/modules.md");

	private static final Map<String, String> KNOWN = Map.of("settings.name.value", "x", "settings.size.value", "9",
			"send", "{id:random 4}");

	@Test
	void theKeysAreThoseOfAModule() throws IOException {
		assertThat(rows("Keys")).map((row) -> row.getFirst().replace("`", ""))
				.containsExactlyInAnyOrderElementsOf(keys("", ModuleSpec.class).keySet());
	}

	@Test
	void theirRowsHaveTheValuesThatTheyTake() throws IOException {
		Map<String, RecordComponent> keys = keys("", ModuleSpec.class);
		assertThat(rows("Keys")).allSatisfy((row) -> assertThat(MarkdownTable.codes(row.get(1)))
				.containsAll(values(Objects.requireNonNull(keys.get(row.getFirst().replace("`", ""))))));
	}

	@Test
	void theLibraryIsWhole() throws IOException {
		assertThat(rows("The library")).map((row) -> String.join("|", row.subList(0, 3)))
				.containsExactlyElementsOf(LibraryModules.with()
						.all()
						.stream()
						.map((module) -> "`%s`|%s|%s".formatted(module.name(),
								(module.port() != 0) ? String.valueOf(module.port()) : "", module.about()))
						.toList());
	}

	@Test
	void theLibraryTellsWhatHasARealServer() throws IOException {
		Set<String> tried = Stream.of(RealServer.values()).map(RealServer::module).collect(Collectors.toSet());
		tried.addAll(Set.of("echo", "any", "snmp-v2c", "ike-init"));
		assertThat(rows("The library")).allSatisfy((row) -> assertThat(row.get(3).isBlank()).as(row.getFirst())
				.isNotEqualTo(tried.contains(row.getFirst().replace("`", ""))));
	}

	@Test
	void everyModuleOfTheLibrarySaysWhatItsSilenceMayMean() {
		assertThat(LibraryModules.with().all()).allSatisfy((module) -> {
			assertThat(module.about()).isNotBlank();
			assertThat(module.silence()).as(module.name()).isNotBlank().doesNotEndWith(".");
		});
	}

	@Test
	void theSettingsOfDnsAreThoseOfTheLibrary() throws IOException {
		ProbeModule dns = Objects.requireNonNull(LibraryModules.with().find("dns"));
		assertThat(MarkdownTable.under("Settings of dns", Path.of("docs/recipes.md")).rows())
				.map((row) -> row.getFirst() + row.getLast())
				.containsExactlyElementsOf(dns.settings().stream().map((setting) -> {
					String value = String.valueOf(dns.value(setting));
					return "`%s`%s".formatted(setting.name(), value.isEmpty() ? "" : "`" + value + "`");
				}).toList());
	}

	private static Map<String, RecordComponent> keys(String prefix, Class<?> type) {
		Map<String, RecordComponent> keys = new HashMap<>();
		for (RecordComponent component : type.getRecordComponents()) {
			String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			switch (key) {
				case "settings" -> keys.putAll(keys("settings.<name>.", ModuleSpec.SettingSpec.class));
				case "with" -> keys.put("with.<setting>", component);
				case "names" -> keys.put("names.<value>", component);
				default -> {
					if (component.getType().isRecord()) {
						keys.putAll(keys(key + ".", component.getType()));
					}
					else {
						keys.put(key, component);
					}
				}
			}
		}
		return keys;
	}

	private static List<String> values(RecordComponent key) {
		return key.getType().isEnum()
				? Stream.of(key.getType().getEnumConstants())
						.map((value) -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
						.toList()
				: List.of();
	}

	@ParameterizedTest
	@CsvSource({"What is sent, send", "What answers, answer", "Known values, send", "Known values, answer"})
	void everyItemIsTaken(String heading, String key) throws IOException {
		assertThat(rows(heading)).isNotEmpty()
				.allSatisfy((row) -> assertThat(MarkdownTable.codes(row.getFirst()).toList()).hasSize(1)
						.allSatisfy((item) -> load(key, item.replace("\\|", "|"))));
	}

	/**
	 * What is said of a wrong word has all right ones.
	 */
	@ParameterizedTest
	@CsvSource({"What is sent, send, {a:wrong}, sum8", "What answers, answer, {a:wrong}, ipv6",
			"Known values, send, {name:wrong}, reversed"})
	void everyTypeHasItsRow(String heading, String key, String wrong, String one) throws IOException {
		assertThatExceptionOfType(Modules.WrongModuleException.class).isThrownBy(() -> load(key, wrong))
				.satisfies((failure) -> assertThat(words(String.valueOf(failure.getMessage()))).contains(one)
						.isSubsetOf(told(heading)));
	}

	private static Set<String> words(String message) {
		String list = message.substring(message.indexOf(": ") + 2).replaceAll("\\(bytes\\)| N\\b", "");
		return Stream.of(list.split("[,;] | or | and "))
				.map((part) -> part.replaceAll(".*\\b(takes|is|as) |^(or|and) | (for|have) .*", "").strip())
				.filter((part) -> part.matches("[a-z0-9-]+"))
				.collect(Collectors.toSet());
	}

	private static Set<String> told(String heading) throws IOException {
		return Stream.concat(rows(heading).stream(), rows("What answers").stream().limit(6))
				.flatMap((row) -> row.stream().flatMap(MarkdownTable::codes))
				.flatMap((code) -> Stream.of(code.split("[^a-z0-9-]+")))
				.collect(Collectors.toSet());
	}

	private static void load(String key, String value) {
		Map<String, String> all = new HashMap<>(KNOWN);
		all.put(key, value);
		ModuleSpec spec = new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("", ModuleSpec.class);
		assertThat(new Modules(Map.of("x", spec), Duration.ofSeconds(10)).all()).hasSize(1);
	}

	private static List<List<String>> rows(String heading) throws IOException {
		return MarkdownTable.under(heading, DOCUMENT).rows();
	}

}
