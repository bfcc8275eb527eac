package dev.udpprobe.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of which nothing is taken.
 */
class WrongTargetFilesTests extends TargetFilesTests {

	private static final String STAYS = " Its targets stay as they were.";

	WrongTargetFilesTests(@TempDir Path directory) {
		super(directory);
	}

	@ParameterizedTest
	@MethodSource
	void aWrongFileKeepsItsTargetsAndSaysWhere(String name, String text, String message) throws Exception {
		String good = name.endsWith("json") ? "[{\"targets\":[\"192.0.2.1:53\"]}]" : GOOD;
		write(name, good);
		write("other.yaml", GOOD.replace("2.1", "2.2"));
		TargetSources sources = sources(name, "other.yaml");
		assertThat(sources.wrong()).isZero();
		Files.write(this.directory.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
		write("other.yaml", GOOD.replace("2.1", "2.33"));
		readAgain(sources);
		assertThat(sources.wrong()).isOne();
		assertThat(names()).as("the other file takes effect").containsExactlyInAnyOrder("192.0.2.1:53",
				"192.0.2.33:53");
		assertThat(wrong(sources)).isEqualTo("DIR/" + name + ": " + message + STAYS).doesNotContain("s3cret");
		write(name, good.replace("2.1", "2.3"));
		readAgain(sources);
		assertThat(sources.wrong()).isZero();
		assertThat(names()).containsExactlyInAnyOrder("192.0.2.3:53", "192.0.2.33:53");
	}

	static Stream<Arguments> aWrongFileKeepsItsTargetsAndSaysWhere() {
		return Stream.concat(yaml().map((text) -> Arguments.of("a.yaml", text[0], text[1])),
				json().map((text) -> Arguments.of("a.json", text[0], text[1])));
	}

	private static Stream<String[]> yaml() {
		return Stream.of(new String[][]{
				{"", "it is empty; a file without targets has []."},
				{"# soon\n---\n", "it is empty; a file without targets has []."},
				{"- targets: [a:1, ",
						"it is not YAML: expected the node content, but found '<stream end>', line 1, column 18."},
				{"- targets: [a:1]\n  labels: {__with_community: 's3cret\n",
						"it is not YAML: found unexpected end of stream, line 3, column 1."},
				{"targets: [a:1]\n", "it has to be a list of groups."},
				{"- a:1\n", "group 1 has to have keys: targets and labels."},
				{"- targets: [a:1]\n- \n", "group 2 has to have keys: targets and labels."},
				{"- target: [a:1]\n", "group 1 has the key 'target'; it takes targets and labels."},
				{"- targets: a:1\n", "targets of group 1 have to be a list."},
				{"- targets: [a:1, [b:1]]\n", "group 1, target 2 is no text."},
				{"- targets: [a:1]\n  labels: [a]\n", "labels of group 1 have to have names and values."},
				{"- targets: [a:1]\n  labels: {a: [b]}\n", "group 1, label 'a' is no text."},
				{"- targets: [a:1]\n  labels: {a: b, a: c}\n", "the key 'a' is there twice, line 2, column 18."},
				{"- targets: [a:1]\n  labels: {[a]: b}\n", "a key has to be a text, line 2, column 12."},
				{"- &a\n  targets: [a:1]\n- *a\n", "an alias is not taken, line 3, column 3."},
				{"- targets: [&a a:1, *a]\n", "an alias is not taken, line 1, column 21."},
				{"- targets: [a:1]\n---\n- targets: [b:1]\n", "a second document is not taken, line 2, column 1."},
				{"[".repeat(60), "lists and keys are nested too deep, line 1, column 52."},
				{"- ".repeat(60), "lists and keys are nested too deep, line 1, column 103."},
				{"- targets: [a:1]\n  labels: {a: \u0000}\n",
						"it is not YAML: it has the character U+0000, line 2."},
				{"- targets: [gr\u00f6\u00dfe:1]\n", "it is not UTF-8, byte 15."},
				{"- !!javax.script.ScriptEngineManager [a]\n", "group 1 has to have keys: targets and labels."},
				{"[\n" + "#".repeat(1 << 18) + "\n]", "line 2 has more than 262,144 characters."}});
	}

	private static Stream<String[]> json() {
		return Stream.of(new String[][]{
				{" ", "it is empty; a file without targets has []."},
				{"null", "it is empty; a file without targets has []."},
				{"[{\"targets\": [\"a:1\"]",
						"it is not JSON: Unexpected end-of-input: expected close marker for Object, line 1, column 21."},
				{"[{\"targets\": [\"a:1\"], \"labels\": {\"__with_community\": s3cret}}]",
						"it is not JSON: a text takes double quotes, line 1, column 54."},
				{"{\"targets\": [\"a:1\"]}", "it has to be a list of groups."},
				{"[{\"targets\": [\"a:1\"],\n \"labels\": {\"a\": \"b\", \"a\": \"c\"}}]",
						"the key 'a' is there twice, line 2, column 23."},
				{"[{\"targets\": [1]}]", "a text takes double quotes, line 1, column 15."},
				{"[{\"targets\": [\"a:1\"], \"labels\": {\"a\": true}}]",
						"a text takes double quotes, line 1, column 39."},
				{"[] []", "there is more behind the list, line 1, column 4."},
				{"[".repeat(60), "lists and keys are nested too deep, line 1, column 52."},
				{"[" + "[],".repeat(1_000_000) + "]", "there are too many values, line 1, column 2999999."},
				{"[{\"targets\": [\"a\nb\"]}]",
						"it is not JSON: Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value, line 1, column 17."},
				{"[{\"targets\": [\"a:1\"]}],",
						"it is not JSON: Unexpected character (',' (code 44)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false'), line 1, column 23."},
				{"[{\"targets\": [\"a:1\"], \"source\": \"x\"}]",
						"group 1 has the key 'source'; it takes targets and labels."}});
	}

	@Test
	void aFileHasTenMebibytes() throws Exception {
		TargetSources sources = sources("*.json");
		String good = "[{\"targets\": [\"192.0.2.1:53\"]}]";
		write("a.json", " ".repeat(TargetFile.MAX_LENGTH - good.length()) + good);
		assertThat(wrong(sources)).isEmpty();
		assertThat(names()).containsExactly("192.0.2.1:53");
		write("a.json", " ".repeat(TargetFile.MAX_LENGTH + 1 - good.length()) + good);
		assertThat(wrong(sources)).isEqualTo("DIR/a.json has more than 10,485,760 bytes." + STAYS);
	}

	@Test
	void whatIsNoFileIsToldAsThat() throws Exception {
		TargetSources sources = sources("*.yaml");
		Files.createDirectory(this.directory.resolve("a.yaml"));
		assertThat(wrong(sources)).isEqualTo("DIR/a.yaml is a directory.");
		Files.createSymbolicLink(this.directory.resolve("b.yaml"), this.directory.resolve("nowhere"));
		Files.createSymbolicLink(this.directory.resolve("c.yaml"), Path.of("/dev/zero"));
		assertThat(wrong(sources)).isEqualTo(
				"DIR/a.yaml is a directory. DIR/b.yaml cannot be read: no such file. DIR/c.yaml is no regular file.");
		assertThat(sources.wrong()).isEqualTo(3);
		Files.delete(this.directory.resolve("a.yaml"));
		Files.delete(this.directory.resolve("c.yaml"));
		write("nowhere", GOOD);
		readAgain(sources);
		assertThat(sources.wrong()).isZero();
		assertThat(names()).containsExactly("192.0.2.1:53");
	}

	@Test
	void aDirectoryThatIsNotThereKeepsWhatItGave() throws Exception {
		Path away = this.directory.resolveSibling(this.directory.getFileName() + "-away");
		write("a.yaml", GOOD);
		TargetSources sources = sources("*.yaml");
		Files.move(this.directory, away);
		readAgain(sources);
		assertThat(sources.wrong()).isOne();
		assertThat(wrong(sources)).startsWith("DIR cannot be read: no such file.");
		assertThat(names()).containsExactly("192.0.2.1:53");
		Files.move(away, this.directory);
		readAgain(sources);
		assertThat(sources.wrong()).isZero();
	}

	@Test
	void thereAreAThousandFilesAtMost() throws Exception {
		write("a.yaml", GOOD);
		TargetSources sources = sources("*.yaml");
		for (int i = 0; i < WatchedFiles.MAX_FILES; i++) {
			write("b%d.yaml".formatted(i), GOOD);
		}
		assertThat(wrong(sources)).startsWith("udp-probe.target-files are more than 1,000 files.");
		assertThat(sources.wrong()).isOne();
		assertThat(names()).containsExactly("192.0.2.1:53");
	}

	@Test
	void thereAreAHundredThousandTargetsAtMost() throws Exception {
		write("a.yaml", GOOD);
		TargetSources sources = sources("*.yaml");
		StringBuilder many = new StringBuilder("- targets:\n");
		for (int i = 1; i <= 100_000; i++) {
			many.append("  - h").append(i).append(":1\n");
		}
		write("b.yaml", many.toString());
		readAgain(sources);
		assertThat(wrong(sources)).isEqualTo("DIR/b.yaml: there would be more than 100,000 targets in all.");
		assertThat(names()).hasSize(1);
		write("a.yaml", "[]");
		readAgain(sources);
		assertThat(sources.wrong()).isZero();
		assertThat(names()).hasSize(100_000);
	}

}
