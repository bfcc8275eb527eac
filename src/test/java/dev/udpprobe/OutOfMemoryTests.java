package dev.udpprobe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM that was not told to end when its memory is used up.
 */
@Execution(ExecutionMode.CONCURRENT)
class OutOfMemoryTests {

	/**
	 * A thread that uses up the heap, beside another one that would keep the process.
	 */
	static final class Hog {

		static void main(String[] args) throws Exception {
			OutOfMemory.endsTheProcess();
			boolean swallows = Boolean.parseBoolean(args[0]);
			Runnable hog = swallows ? Hog::keepAllAndGoOn : () -> keepAll(new ArrayList<>(), Integer.MAX_VALUE);
			Thread.ofVirtual().start(hog);
			Thread.sleep(Long.MAX_VALUE);
		}

		private static void keepAll(List<byte[]> all, int length) {
			while (true) {
				all.add(new byte[length]);
			}
		}

		/**
		 * As what catches every error of a request does.
		 */
		private static void keepAllAndGoOn() {
			List<byte[]> all = new ArrayList<>(1_000_000);
			while (true) {
				try {
					keepAll(all, 10_000);
				}
				catch (OutOfMemoryError _) {
					Thread.onSpinWait();
				}
			}
		}

	}

	@ParameterizedTest
	@CsvSource({"false, -XX:+UseSerialGC", "true, -XX:+UseSerialGC", "true, -XX:+UseG1GC", "true, -XX:+UseParallelGC"})
	void aProcessWithoutMemoryEnds(boolean swallows, String collector) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Java.command(List.of(), Hog.class, Boolean.toString(swallows))));
		command.replaceAll((option) -> option.equals("-XX:+UseSerialGC") ? collector : option);
		command.replaceAll((option) -> option.startsWith("-Xmx") ? "-Xmx32m" : option);
		Process process = Processes.start(new ProcessBuilder(command).redirectErrorStream(true));
		try {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(OutOfMemory.EXIT_CODE);
			assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.contains("no memory is left");
		}
		finally {
			process.destroyForcibly();
		}
	}

}
