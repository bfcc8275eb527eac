package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.udpprobe.echo.EchoDrop;
import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.metrics.MeterNames;
import dev.udpprobe.metrics.UdpMeters;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsTableTests {

	@Test
	void namesExactlyTheCatalogue() throws IOException {
		assertThat(rows().stream().map(List::getFirst).flatMap(MarkdownTable::codes)).doesNotHaveDuplicates()
				.containsExactlyInAnyOrderElementsOf(
						Stream.of(UdpMeters.values()).map(MeterNames::inPrometheus).toList());
	}

	@Test
	void namesEveryReasonOfADrop() throws IOException {
		List<String> row = rows().stream()
				.filter((cells) -> cells.getFirst().equals("`udp_echo_datagrams_dropped_total`"))
				.findFirst()
				.orElseThrow();
		assertThat(MarkdownTable.codes(row.getLast()))
				.containsExactly(new ServerCounts(EchoDrop.values()).reasons().stream()
						.map(DropReason::label).toArray(String[]::new));
	}

	private static List<List<String>> rows() throws IOException {
		return MarkdownTable.under("Meters", Path.of("docs/metrics.md")).rows();
	}

}
