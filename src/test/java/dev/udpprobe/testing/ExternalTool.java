package dev.udpprobe.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import dev.udpprobe.linux.KernelDetail;

/**
 * A program beyond the JDK that a test runs. Where it is missing the test is skipped, or
 * fails if the environment variable UDP_PROBE_REQUIRE_TOOLS is true.
 */
public final class ExternalTool implements AutoCloseable {

	private final Process process;

	private ExternalTool(Process process) {
		this.process = process;
	}

	/**
	 * Starts a program; what it writes to its standard error goes to the test's.
	 */
	public static ExternalTool start(String name, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(find(name));
		command.addAll(List.of(arguments));
		return new ExternalTool(
				Processes.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)));
	}

	/**
	 * Starts a program; all that it writes goes to a file.
	 */
	public static ExternalTool startLogging(Path log, String name, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(find(name));
		command.addAll(List.of(arguments));
		return new ExternalTool(
				Processes.start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())));
	}

	/**
	 * Skips or fails the test where there is no such program.
	 * @param name its name, or its absolute path
	 * @return the program's path
	 */
	public static String find(String name) {
		String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/games";
		String found = Stream.of(path.split(":", -1))
				.map((directory) -> Path.of(directory).resolve(name))
				.filter(Files::isExecutable)
				.map(Path::toString)
				.findFirst()
				.orElse("");
		require(!found.isEmpty(), "the program '%s' is not installed".formatted(name));
		return found;
	}

	/**
	 * Skips or fails the test where something is missing.
	 * @param missing the sentence that says what
	 */
	public static void require(boolean present, String missing) {
		if (!present && Boolean.parseBoolean(System.getenv("UDP_PROBE_REQUIRE_TOOLS"))) {
			Assertions.fail(missing + ", and UDP_PROBE_REQUIRE_TOOLS is true");
		}
		Assumptions.assumeTrue(present, () -> "skipped: " + missing);
	}

	/**
	 * Skips or fails the test where the kernel's own reports are not available.
	 */
	public static void requireKernelDetail() {
		String missing = KernelDetail.find().noErrors();
		require(missing == null, String.valueOf(missing));
	}

	/**
	 * Writes to the program's standard input.
	 */
	public void write(String text) throws IOException {
		OutputStream in = this.process.getOutputStream();
		in.write(text.getBytes(StandardCharsets.UTF_8));
		in.flush();
	}

	public void endInput() throws IOException {
		this.process.getOutputStream().close();
	}

	/**
	 * @return the program's standard output, for reading line by line
	 */
	public BufferedReader output() {
		return this.process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Waits for the program to end by itself.
	 */
	public int exitCode() throws InterruptedException {
		Assertions.assertTrue(this.process.waitFor(30, TimeUnit.SECONDS), "the program did not end");
		return this.process.exitValue();
	}

	public boolean isRunning() {
		return this.process.isAlive();
	}

	/**
	 * Has the program and all that it has started stand still, until {@link #resume}.
	 */
	public void pause() throws IOException, InterruptedException {
		signal("STOP");
	}

	public void resume() throws IOException, InterruptedException {
		signal("CONT");
	}

	private void signal(String name) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(find("kill"), "-" + name));
		Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants())
				.map((process) -> Long.toString(process.pid()))
				.forEach(command::add);
		Assertions.assertEquals(0, Processes.start(new ProcessBuilder(command)).waitFor());
	}

	/**
	 * Ends the program and all that it has started, and waits for their ends: until then, they may write files.
	 */
	@Override
	public void close() {
		Set<ProcessHandle> all = this.process.descendants().collect(Collectors.toCollection(LinkedHashSet::new));
		// First itself alone: many end what they have started, and only they know what they are just starting.
		this.process.destroy();
		this.process.onExit().completeOnTimeout(this.process, 500, TimeUnit.MILLISECONDS).join();
		this.process.descendants().forEach(all::add);
		all.add(this.process.toHandle());
		all.forEach(ProcessHandle::destroy);
		for (ProcessHandle one : all) {
			one.onExit().completeOnTimeout(one, 10, TimeUnit.SECONDS).join();
			one.destroyForcibly();
			one.onExit().join();
		}
		// Closes its streams.
		this.process.destroy();
	}

}
