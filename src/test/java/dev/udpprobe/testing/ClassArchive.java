package dev.udpprobe.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.udpprobe.UdpProbeApplication;

/**
 * The service's classes as a JVM takes them from a file: a start takes half the work then. The file is made by a start, when it
 * is first of use, from jars: it holds no classes of directories.
 */
final class ClassArchive {

	private static final Path DIRECTORY = Path.of("target", "class-archive");

	private static final Path FILE = DIRECTORY.resolve("service.jsa");

	/** What makes a JVM use it, with the class path. */
	static final List<String> OPTIONS = make();

	private ClassArchive() {}

	/**
	 * Where a JVM makes no such file, starts only take longer.
	 */
	private static List<String> make() {
		try {
			Files.createDirectories(DIRECTORY);
			String jars = Stream.of(Java.CLASS_PATH.split(File.pathSeparator))
					.map(Path::of)
					.map((path) -> Files.isDirectory(path) ? jar(path) : path)
					.map(Path::toString)
					.collect(Collectors.joining(File.pathSeparator));
			Files.deleteIfExists(FILE);
			Process start = Processes.start(new ProcessBuilder(
					Java.command(List.of("-XX:ArchiveClassesAtExit=" + FILE, "-Dspring.context.exit=onRefresh"),
							List.of("-cp", jars), UdpProbeApplication.class, "--server.address=127.0.0.1",
							"--server.port=0", "--udp-probe.echo.port=0"))
					.redirectErrorStream(true)
					.redirectOutput(DIRECTORY.resolve("log").toFile()));
			if (!start.waitFor(Duration.ofMinutes(2))) {
				start.destroyForcibly().onExit().join();
				Files.deleteIfExists(FILE);
			}
			List<String> options = new ArrayList<>(List.of("-cp", jars));
			if (Files.exists(FILE)) {
				options.add("-XX:SharedArchiveFile=" + FILE);
			}
			return options;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static Path jar(Path classes) {
		Path jar = DIRECTORY.resolve(classes.getFileName() + ".jar");
		int status = ToolProvider.findFirst("jar")
				.orElseThrow()
				.run(System.out, System.err, "--create", "--no-compress", "--file", jar.toString(), "-C",
						classes.toString(), ".");
		if (status != 0) {
			throw new IllegalStateException("no jar was made of " + classes);
		}
		return jar;
	}

}
