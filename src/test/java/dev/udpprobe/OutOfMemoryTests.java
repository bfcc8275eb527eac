package dev.udpprobe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM that was not told to end when its memory is used up.
 */
@Execution(ExecutionMode.CONCURRENT)
class OutOfMemoryTests {

	/**
	 * Threads that use up the heap, beside another one that would keep the process.
	 */
	static final class Hog {

		static void main(String[] args) throws Exception {
			OutOfMemory.endsTheProcess();
			if (Boolean.parseBoolean(args[0])) {
				Stream.generate(() -> new ArrayList<byte[]>(100_000))
						.limit(8)
						.forEach((all) -> Thread.ofPlatform().start(() -> keepAllAndGoOn(all)));
			}
			else {
				Thread.ofVirtual().start(() -> keepAll(new ArrayList<>(), Integer.MAX_VALUE));
			}
			Thread.sleep(Long.MAX_VALUE);
		}

		private static void keepAll(List<byte[]> all, int length) {
			while (true) {
				all.add(new byte[length]);
			}
		}

		/**
		 * As what catches every error of a request does, to the last byte.
		 */
		private static void keepAllAndGoOn(List<byte[]> all) {
			int length = Integer.MAX_VALUE;
			while (true) {
				try {
					keepAll(all, length);
				}
				catch (OutOfMemoryError _) {
					length /= 2;
				}
			}
		}

	}

	/**
	 * A heap full of what nobody needs any more, for longer than it takes to look at it.
	 */
	static final class Litter {

		static void main(String[] args) throws Exception {
			OutOfMemory.endsTheProcess();
			fill();
			Thread.sleep(3 * OutOfMemory.LOOK_MILLIS);
		}

		private static void fill() {
			byte[][] all = new byte[10_000][];
			Runtime runtime = Runtime.getRuntime();
			long max = runtime.maxMemory();
			for (int i = 0; max - runtime.totalMemory() + runtime.freeMemory() > max / 24; i++) {
				all[i] = new byte[10_000];
			}
		}

	}

	@ParameterizedTest
	@CsvSource({"false, -XX:+UseSerialGC", "true, -XX:+UseSerialGC", "true, -XX:+UseG1GC", "true, -XX:+UseParallelGC"})
	void aProcessWithoutMemoryEnds(boolean swallows, String collector) throws Exception {
		Run run = run(List.of("-Xmx32m", "-XX:-UseSerialGC", collector), Hog.class, Boolean.toString(swallows));
		assertThat(run.exitCode()).isEqualTo(OutOfMemory.EXIT_CODE);
		assertThat(run.output()).contains("no memory is left");
	}

	@ParameterizedTest
	@ValueSource(strings = {"-XX:+DisableExplicitGC", "-XX:-DisableExplicitGC"})
	void aProcessWithLitterStays(String option) throws Exception {
		assertThat(run(List.of("-Xmx32m", "-Xmn4m", option), Litter.class)).isEqualTo(new Run(0, ""));
	}

	private record Run(int exitCode, String output) {}

	private static Run run(List<String> options, Class<?> main, String... arguments) throws Exception {
		Process process = Processes
				.start(new ProcessBuilder(Java.command(options, main, arguments)).redirectErrorStream(true));
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return new Run(process.exitValue(),
					new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
		finally {
			process.destroyForcibly();
		}
	}

}
