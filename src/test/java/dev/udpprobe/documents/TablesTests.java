package dev.udpprobe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
		return Documents.all().stream().filter(TablesTests::hasTables);
	}

	private static boolean hasTables(Path file) {
		try {
			return !MarkdownTable.of(file).isEmpty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
