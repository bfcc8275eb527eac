package dev.udpprobe.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.web.LineReader.Line;

import static org.assertj.core.api.Assertions.assertThat;

class LineReaderTests {

	private static final int MAX_LENGTH = 5;

	/**
	 * In the texts ~ is LF and ^ is CR, and in the expected one each line ends with |.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '>', ignoreLeadingAndTrailingWhitespace = false, value = {"''>''", "a>a|", "a~>a|",
			"a~b>a|b|", "a^~b^~>a|b|", "~>|", "~~a>||a|", "^~^~>||", "12345~a>12345|a|", "12345^~a>12345|a|",
			"1^2~a>1^2|a|", "1^^~a>1^|a|", "123456~a>TOO LONG|a|", "123456^~a>TOO LONG|a|", "123456>TOO LONG|",
			"123456~>TOO LONG|", "12345678>TOO LONG|", "12345678~~a>TOO LONG||a|",
			"1234567~1234567~a>TOO LONG|TOO LONG|a|"})
	void splitsAtLineEnds(String text, String lines) throws IOException {
		StringBuilder read = new StringBuilder();
		LineReader reader = new LineReader(new ByteArrayInputStream(bytes(text)), MAX_LENGTH, new BodyBudget().share());
		for (Line line = reader.next(); line != null; line = reader.next()) {
			read.append(line.tooLong() ? "TOO LONG" : new String(line.bytes(), StandardCharsets.UTF_8)).append('|');
		}
		assertThat(read).hasToString(lines.replace('^', '\r'));
	}

	private static byte[] bytes(String text) {
		return text.replace('~', '\n').replace('^', '\r').getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void returnsALineThatIsTooLongBeforeItEnds() throws IOException {
		ByteArrayInputStream in = new ByteArrayInputStream(new byte[1_000]);
		assertThat(new LineReader(in, MAX_LENGTH, new BodyBudget().share()).next()).isNotNull()
				.extracting(Line::tooLong).isEqualTo(true);
		assertThat(1_000 - in.available()).as("bytes read, of which one may be the CR of a line that fits")
				.isEqualTo(MAX_LENGTH + 2);
	}

}
