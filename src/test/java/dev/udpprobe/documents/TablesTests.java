package dev.udpprobe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class TablesTests {

	@ParameterizedTest
	@MethodSource("documents")
	void everyRowHasAsManyCellsAsItsHeader(Path document) throws IOException {
		assertThat(MarkdownTable.of(document)).allSatisfy((table) -> {
			assertThat(table.lines()).hasSizeGreaterThan(2);
			assertThat(table.lines().get(1)).allMatch((delimiter) -> delimiter.matches(":?-+:?"));
			assertThat(table.lines()).allSatisfy((cells) -> assertThat(cells).hasSameSizeAs(table.lines().getFirst()));
		});
	}

	static Stream<Path> documents() throws IOException {
		Stream<Path> all = Stream.empty();
		for (String directory : List.of("", "docs", "helm/udp-probe", "benchmarks")) {
			try (Stream<Path> files = Files.list(Path.of(directory))) {
				all = Stream.concat(all,
						files.filter(TablesTests::hasTables).toList().stream());
			}
		}
		return all;
	}

	private static boolean hasTables(Path file) {
		try {
			return file.toString().endsWith(".md") && !MarkdownTable.of(file).isEmpty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
