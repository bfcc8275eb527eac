package dev.udpprobe.linux;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class KernelDetailTests {

	private static final String OPENS = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

	private static final String ACCESS = "--enable-native-access=ALL-UNNAMED";

	private static final String DENY = "--illegal-native-access=deny";

	private final Path directory;

	KernelDetailTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void theTestsThemselvesHaveAll() {
		KernelDetail detail = KernelDetail.find();
		assertThat(detail).isEqualTo(new KernelDetail(null, null));
		assertThat(detail.errors()).isTrue();
		assertThat(detail.times()).isTrue();
	}

	@Test
	void noneHasNoneAndSaysWhy() {
		KernelDetail detail = KernelDetail.none("the reason");
		assertThat(detail.errors()).isFalse();
		assertThat(detail.times()).isFalse();
		assertThat(detail.noErrors()).isEqualTo("the reason");
		assertThat(detail.noTimes()).isEqualTo("the reason");
	}

	@ParameterizedTest
	@ValueSource(strings = {"", OPENS, DENY, DENY + " " + OPENS})
	void saysThatNativeAccessIsNotGranted(String options) throws Exception {
		assertThat(find(options))
				.isEqualTo(KernelDetail.none("the JVM was started without " + ACCESS).toString());
	}

	@ParameterizedTest
	@ValueSource(strings = {ACCESS, DENY + " " + ACCESS})
	void saysThatThePackageIsNotOpen(String options) throws Exception {
		assertThat(find(options)).isEqualTo(KernelDetail.none("the JVM was started without " + OPENS).toString());
	}

	@ParameterizedTest
	@ValueSource(strings = {ACCESS + " " + OPENS, DENY + " " + ACCESS + " " + OPENS})
	void hasAllWithBothOptions(String options) throws Exception {
		assertThat(find(options)).isEqualTo(new KernelDetail(null, null).toString());
	}

	/**
	 * Asks a JVM with these options, which must not have been warned.
	 */
	private String find(String options) throws IOException, InterruptedException, URISyntaxException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ", -1)));
		command.addAll(List.of("-cp", location(KernelDetail.class) + File.pathSeparator
				+ location(KernelDetailPrinter.class), KernelDetailPrinter.class.getName()));
		Path output = this.directory.resolve("output");
		Path warnings = this.directory.resolve("warnings");
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile())
				.redirectError(warnings.toFile());
		// Java tells of each that it takes.
		builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
		int exitCode = Processes.start(builder).waitFor();
		assertThat(Files.readString(warnings)).isEmpty();
		assertThat(exitCode).isZero();
		return Files.readString(output);
	}

	private static Path location(Class<?> type) throws URISyntaxException {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
	}

}
