package dev.udpprobe.linux;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.testing.Deny;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Trials in a JVM of their own.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
@Execution(ExecutionMode.CONCURRENT)
class BatchTrialTests {

	private static final String AVAILABLE = "available, 0 descriptors left open";

	private static final String[] TRIAL = Java.command(List.of("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
			"--enable-native-access=ALL-UNNAMED"), Trial.class);

	/**
	 * The first one loads what stays open. One for the process has the same answer ever after,
	 * not only an equal one.
	 */
	static final class Trial {

		static void main() {
			String first = BatchTrial.unavailable();
			assertThat(BatchTrial.unavailable()).isSameAs(first);
			int before = descriptors();
			String reason = Objects.requireNonNullElse(BatchTrial.believed(BatchTrial::run), "available");
			assertThat(reason).isEqualTo(Objects.requireNonNullElse(first, "available"));
			System.out.printf("%s, %d descriptors left open", reason, descriptors() - before);
		}

		private static int descriptors() {
			return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
		}

	}

	private static String run(String... command) throws IOException, InterruptedException {
		Process process = Processes.start(new ProcessBuilder(command).redirectErrorStream(true));
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	@Test
	void findsNothingMissing() throws Exception {
		assertThat(run(TRIAL)).isEqualTo(AVAILABLE);
	}

	@Test
	void doesWithoutLoopbackWhereThereIsNone() throws Exception {
		String unshare = ExternalTool.find("unshare");
		ExternalTool.require(Processes.start(new ProcessBuilder(unshare, "--net", "true")).waitFor() == 0,
				"this user may make no network namespace");
		assertThat(run(Stream.concat(Stream.of(unshare, "--net"), Stream.of(TRIAL)).toArray(String[]::new)))
				.isEqualTo(AVAILABLE);
	}

	@Test
	void believesAFailureTheSecondTime() {
		assertThat(ofTrials("throttled", "denied")).isEqualTo("denied");
		assertThat(ofTrials("throttled", null)).isNull();
	}

	@Test
	void believesASuccessAtOnce() {
		assertThat(ofTrials(null, "not asked for")).isNull();
	}

	private static @Nullable String ofTrials(@Nullable String first, @Nullable String second) {
		return BatchTrial.believed(Arrays.asList(first, second).iterator()::next);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = {
			"recvmmsg, recvmmsg fails with 'Operation not permitted'",
			"sendmmsg, sendmmsg fails with 'Operation not permitted'",
			"connect, getsockname or connect fails with 'Operation not permitted'",
			"shutdown, shutdown does not end a call that waits"})
	void saysWhichCallIsDenied(String call, String reason, @TempDir Path directory) throws Exception {
		assertThat(run(Deny.command(directory, call, TRIAL))).isEqualTo(reason + ", 0 descriptors left open");
	}

}
