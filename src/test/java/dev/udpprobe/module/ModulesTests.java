package dev.udpprobe.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.exchange.ExchangeOptions.AnswersFrom;
import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.module.ModuleSpec.SocketSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Modules have what they say from others, and what is wrong is told by its key.
 */
class ModulesTests {

	private static final Duration MAX = Duration.ofSeconds(10);

	private static final Specs BASE = Specs.of("about", "Base", "port", "7", "send", "{a} {b}", "answer", "{n:u8} {b}",
			"settings.a", "1", "settings.a.about", "first", "settings.a.takes", "1..9", "settings.b", "x",
			"settings.b.secret",
			"true", "names.n", "1 one", "pass", "n is one", "says", "it is {n}", "timeout", "500", "tries", "100 200")
			.socket(new SocketSpec(null, AnswersFrom.ANY_PORT, null, null, null, 9, null, null, null));

	@Test
	void whatIsNotSaidIsThatOfTheOther() {
		Modules modules = new Modules(Map.of("base", BASE.spec()), MAX);
		modules.replace(Map.of("own",
				Specs.of("like", "base", "about", "Own", "settings.a", "2", "settings.b", "z", "with.b", "y").socket(
						new SocketSpec(null, null, null, null, null, null, 5, null, null)).spec()),
				(_) -> {});
		ProbeModule own = Objects.requireNonNull(modules.find("own"));
		assertThat(own.about()).isEqualTo("Own");
		assertThat(own.port()).isEqualTo(7);
		assertThat(own.timeout()).isEqualTo(Duration.ofMillis(500));
		assertThat(own.socket()).isEqualTo(
				new SocketSpec(null, AnswersFrom.ANY_PORT, null, null, null, 9, 5, null, null));
		assertThat(own.settings()).extracting(Setting::about).containsExactly("first", "");
		assertThat(own.settings()).extracting(Setting::secret).containsExactly(false, true);
		assertThat(own.settings().getFirst().takes()).asString().isEqualTo("1..9");
		assertThat(own.request(Map.of(), Map.of(), null).message("", Dialogues.LOCAL)).containsExactly('2', 'y');
		Judgement judged = Dialogues.judged(own, "0179");
		assertThat(judged.sentence()).isEqualTo("it is one");
		assertThat(judged.pass()).isTrue();
	}

	@Test
	void oneThatIsLikeItsOwnNameIsLikeTheLibrarys() {
		Modules modules = new Modules(Map.of("base", BASE.spec()), MAX);
		modules.replace(
				Map.of("base", Specs.of("like", "base", "port", "8").spec(), "next", Specs.of("like", "base").spec()),
				(_) -> {});
		assertThat(modules.all()).extracting(ProbeModule::name).containsExactly("base", "next");
		assertThat(modules.all()).extracting(ProbeModule::port).containsExactly(8, 8);
		assertThat(modules.all()).extracting(ProbeModule::about).containsOnly("Base");
	}

	@Test
	void aCodecOfItsOwnTakesThePlaceOfLayouts() {
		Modules modules = new Modules(Map.of("base", Specs.of("send", "00", "answer", "{n:u8}").spec(), "dns",
				Specs.of("codec", "dns", "settings.name", ".").spec()), MAX);
		modules.replace(Map.of("own", Specs.of("like", "base", "codec", "dns").spec(), "other",
				Specs.of("like", "dns", "send", "{name}").spec()), (_) -> {});
		assertThat(modules.all()).hasSize(4);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"one|two|one|two|too many modules are like each other",
			"one|three|two|three|there is no module three", "one|one|two|base|there is no module one"})
	void nothingIsLikeItselfNorLikeNothing(String name, String like, String other, String otherLike, String message) {
		Modules modules = new Modules(Map.of("base", BASE.spec()), MAX);
		Map<String, ModuleSpec> wrong = new LinkedHashMap<>();
		wrong.put(name, Specs.of("like", like).spec());
		wrong.put(other.equals(name) ? "two" : other,
				Specs.of("like", otherLike.equals("two") ? "one" : otherLike).spec());
		assertThatThrownBy(() -> modules.replace(wrong, (_) -> {}))
				.isInstanceOfSatisfying(Modules.WrongModuleException.class, (ex) -> {
					assertThat(ex.name()).isIn(wrong.keySet());
					assertThat(ex.key()).isEqualTo("like");
				}).hasMessage(message);
		assertThat(modules.all()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({"A", "1a", "a_b", "a-", "-", "''", "a.b"})
	void aNameIsInLowerCase(String name) {
		assertThatThrownBy(() -> new Modules(Map.of(name, BASE.spec()), MAX))
				.hasMessage("a module's name takes 1 to 63 lower-case letters, digits and dashes, a letter first");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			send | zz | send
			answer | zz | answer
			pass | zz | pass
			says | {zz} | says
			follow-up.when | 00 | follow-up.send
			follow-up.send | 00 | follow-up.when
			names.zz | 0 no | names.zz
			names.n | no | names.n
			names.n | 0 no, 0 again | names.n
			settings.Zz | 1 | settings.Zz
			settings.target | 1 | settings.target
			settings.zz.takes | ( | settings.zz.takes
			settings.zz.takes | absent | settings.zz.takes
			settings.a | 0 | settings.a.value
			with.a | 0 | with.a
			with.zz | 0 | with.zz
			codec | zz | codec
			port | 0 | port
			port | 65536 | port
			timeout | 0 | timeout
			timeout | 3600001 | timeout
			tries | 0 | tries
			tries | 3600001 | tries
			tries | 9223372036854775807 9223372036854775807 | tries
			tries | 1 1 1 1 1 1 1 1 1 1 1 | tries
			""")
	void whatIsWrongIsToldByItsKey(String key, String value, String wrong) {
		Specs specs = Specs.of("send", "00", "answer", "{n:u8}", "settings.a.takes", "1..9", key, value);
		assertThatThrownBy(() -> specs.module()).isInstanceOfSatisfying(ModuleException.class,
				(ex) -> assertThat(ex.key()).isEqualTo(wrong));
	}

	@Test
	void aSocketIsCheckedAsAWhole() {
		assertWrong(new SocketSpec(true, AnswersFrom.ANY_PORT, null, null, null, null, null, null, null),
				"socket.connected");
		assertWrong(new SocketSpec(false, null, LocalPort.KEPT, null, null, null, null, null, null),
				"socket.local-port");
		assertWrong(new SocketSpec(false, null, null, null, 53, null, null, null, null), "socket.source-port");
		assertWrong(new SocketSpec(null, null, LocalPort.KEPT, null, 53, null, null, null, null), "socket.local-port");
		assertWrong(new SocketSpec(null, null, null, "localhost", null, null, null, null, null), "socket.source");
		assertWrong(new SocketSpec(null, null, null, null, 0, null, null, null, null), "socket.source-port");
		assertWrong(new SocketSpec(null, null, null, null, null, 256, null, null, null), "socket.ttl");
		assertWrong(new SocketSpec(null, null, null, null, null, null, 64, null, null), "socket.dscp");
	}

	/** Or else the library would lack a file that somebody has written. */
	@Test
	void theLibraryIsWhatItsFilesHave() throws IOException {
		Set<String> names = new HashSet<>();
		try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/udpprobe/module/library"))) {
			for (Path file : files.toList()) {
				Map<String, Map<String, Object>> library = new Yaml().load(Files.readString(file));
				names.addAll(Objects.requireNonNull(library.get("modules")).keySet());
			}
		}
		assertThat(LibraryModules.with().all()).extracting(ProbeModule::name)
				.containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void aPortOfTheModuleThatItIsLikeIsGivenUp() {
		ModuleSpec base = Specs.of("send", "00")
				.socket(new SocketSpec(null, null, null, null, 68, 7, null, null, null))
				.spec();
		SocketSpec fresh = new SocketSpec(null, null, LocalPort.FRESH, null, null, null, null, null, null);
		assertThat(Specs.of().socket(fresh).spec().like(base).socket())
				.isEqualTo(new SocketSpec(null, null, LocalPort.FRESH, null, null, 7, null, null, null));
	}

	private static void assertWrong(SocketSpec socket, String key) {
		assertThatThrownBy(() -> Specs.of("send", "00").socket(socket).module())
				.isInstanceOfSatisfying(ModuleException.class, (ex) -> assertThat(ex.key()).isEqualTo(key));
	}

}
