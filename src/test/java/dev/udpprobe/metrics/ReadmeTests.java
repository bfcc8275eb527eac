package dev.udpprobe.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.udpprobe.echo.DropReason;

import static org.assertj.core.api.Assertions.assertThat;

class ReadmeTests {

	private static final Pattern NAME = Pattern.compile("`([^`]+)`");

	@Test
	void theTableOfMetricsNamesExactlyTheCatalogue() throws IOException {
		assertThat(namesInFirstColumn(section("## Metrics"))).doesNotHaveDuplicates()
				.containsExactlyInAnyOrderElementsOf(
						Stream.of(UdpMeters.values()).map(MeterNames::inPrometheus).toList());
	}

	@Test
	void theTableOfMetricsNamesEveryReasonOfADrop() throws IOException {
		String row = section("## Metrics").stream()
				.filter((line) -> line.startsWith("| `udp_echo_datagrams_dropped_total` |"))
				.findFirst()
				.orElseThrow();
		assertThat(NAME.matcher(row.substring(row.indexOf("received and not answered")))
				.results()
				.map((name) -> name.group(1)))
				.containsExactly(Stream.of(DropReason.values()).map(DropReason::label).toArray(String[]::new));
	}

	private static List<String> section(String heading) throws IOException {
		List<String> lines = Files.readAllLines(Path.of("README.md"));
		assertThat(lines).contains(heading);
		return lines.stream()
				.dropWhile((line) -> !line.equals(heading))
				.skip(1)
				.takeWhile((line) -> !line.startsWith("## "))
				.toList();
	}

	private static List<String> namesInFirstColumn(List<String> lines) {
		return lines.stream()
				.filter((line) -> line.startsWith("|"))
				.map((row) -> row.split("\\|", 3)[1])
				.flatMap((cell) -> NAME.matcher(cell).results().map((name) -> name.group(1)))
				.toList();
	}

}
