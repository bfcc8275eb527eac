package dev.udpprobe.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is written where a text of the language stands, it compiles, or a sentence says where it is wrong; and what compiles
 * is written and matched without an error.
 */
@Execution(ExecutionMode.CONCURRENT)
class LanguageFuzzTests {

	private static final int COUNT = 50_000;

	private static final String[] TOKENS = {"{", "}", "[", "]", "(", ")", "*(", "|", "...", "&", "'", "\\", "\\x", "/",
			"u8[", "ber[",
			"varint[", "u16le+2[", "{}", "{:bits 3}", "{size-2:u8}", "{:inet}", "{:crc32^00}", "{id}", "{id:u16}",
			"{:align 4}",
			"{x:int}", "{x:text 5}", "{x:digits=1..5}", "{:pad 9}", "^", "+", "-", "=", "..", ",", ":", "#", "\n", "00",
			"F", "9", "\0", "\uD83D",
			"\u00E9", "is", "not", "and", "else", "absent", "list of ", "/(a*)*/", "/(?P<x>.)/", "{1000}", "base64'",
			"random 8",
			"999999999999999999999"};

	private final Random random = new Random(16);

	private final Map<String, List<String>> texts = new HashMap<>();

	private final Set<String> known = Set.of("id", "message", "target", "local", "try", "size", "a", "community");

	private final Set<String> fields = Set.of("x", "error", "n", "status", "rcode");

	private final Map<String, Consumer<String>> parsers = Map.of("send", this::write, "answer", this::match, "pass",
			(text) -> Condition.parse(text, this.fields, this.known), "says",
			(text) -> Sentence.parse(text, this.fields), "takes",
			(text) -> Setting.Takes.parse(text), "names",
			(text) -> Specs.of("send", "00", "answer", "{n:u8}", "names.n", text).module());

	@Test
	void nothingElseIsThrown() throws IOException {
		collect();
		int compiled = 0;
		for (int i = 0; i < COUNT; i++) {
			String key = List.copyOf(this.texts.keySet()).get(this.random.nextInt(this.texts.size()));
			String mutation = mutated(Objects.requireNonNull(this.texts.get(key)));
			try {
				Objects.requireNonNull(this.parsers.get(key)).accept(mutation);
				compiled++;
			}
			catch (SyntaxException | ModuleException | BadSettingException ex) {
				assertThat(ex).message().isNotEmpty();
			}
			catch (RuntimeException | StackOverflowError error) {
				throw new AssertionError("%s, mutation %d: %s".formatted(key, i, mutation), error);
			}
		}
		assertThat(compiled).isBetween(COUNT / 20, COUNT - COUNT / 20);
	}

	/** Those of the library, and some that have what it lacks. */
	private void collect() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/udpprobe/module/library"))) {
			for (Path file : files.toList()) {
				Map<String, Map<String, Map<String, Object>>> library = new Yaml().load(Files.readString(file));
				Objects.requireNonNull(library.get("modules")).values().forEach((module) -> module.forEach(this::add));
			}
		}
		add("send",
				"00 'a\\x00' u16le+2[ {message} {x:letters 3} ] {size:u16} [ {:inet} {id:reversed} ] {:pad 20} {:crc32}");
		add("answer",
				"*( u8[ 00/0F {n:u16^0102} ] | {x:bits 3=4} {:bits 5} ) ... {id} /(?P<word>[a-z]+)/ {n:int} & ... {x:line} ...");
		add("pass", "n is 1..5, -7 and x is not /a/, [ 00 ... ], 'b' else 'no {n}[ {x}]' and status is {a}");
		add("takes", "list of 1..5, /^a$/, 'b'");
		add("names", "0 none, 1 one");
	}

	private void add(String key, Object text) {
		if (text instanceof String string && this.parsers.containsKey(key)) {
			this.texts.computeIfAbsent(key, (_) -> new ArrayList<>()).add(string);
		}
	}

	private String mutated(List<String> originals) {
		StringBuilder text = new StringBuilder(any(originals));
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			int at = this.random.nextInt(text.length() + 1);
			int end = Math.min(text.length(), at + this.random.nextInt(8));
			switch (this.random.nextInt(5)) {
				case 0 -> text.delete(at, end);
				case 1 -> text.setLength(at);
				case 2 -> text.insert(at, TOKENS[this.random.nextInt(TOKENS.length)]);
				case 3 -> text.replace(at, end, TOKENS[this.random.nextInt(TOKENS.length)]);
				default -> {
					String other = any(originals);
					text.insert(at, other, 0, this.random.nextInt(other.length() + 1));
				}
			}
			if (this.random.nextInt(200) == 0) {
				text.append(TOKENS[this.random.nextInt(TOKENS.length)].repeat(3_000));
			}
		}
		return text.toString();
	}

	private String any(List<String> texts) {
		return texts.get(this.random.nextInt(texts.size()));
	}

	private void write(String text) {
		Map<String, byte[]> values = new HashMap<>();
		this.known.forEach((name) -> values.put(name, new byte[]{'7'}));
		var _ = TemplateParser.parse(text, Layouts.Names.of(this.known)).write(values);
	}

	private void match(String text) {
		byte[] datagram = new byte[this.random.nextInt(60)];
		this.random.nextBytes(datagram);
		Match match = new Match(datagram, Map.of("id", new byte[]{1}));
		AnswerParser.parseAll(text, Layouts.Names.of(this.known))
				.forEach((layout) -> match.matches(layout.parts()));
		match.found().forEach((found) -> assertThat(Sentence.text(found.value())).hasSizeLessThan(1_100));
	}

}
