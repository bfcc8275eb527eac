package dev.udpprobe.echo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.server.EachTransport;
import dev.udpprobe.server.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of amplification in docs/security.md is what a server does.
 */
@EachTransport
class AmplificationTableTests {

	private final Transport transport;

	AmplificationTableTests(Transport transport) {
		this.transport = transport;
	}

	private static final Pattern ROW = Pattern
			.compile("\\| ([\\d,]+) \\| ([\\d,]+) \\| (\\S+) \\| (\\S+) \\| ([\\d,]+) \\| (\\S+) \\| (\\S+) \\|");

	private static List<List<String>> rows() throws IOException {
		List<List<String>> rows = new ArrayList<>();
		for (String line : Files.readAllLines(Path.of("docs/security.md"))) {
			Matcher matcher = ROW.matcher(line.strip());
			if (matcher.matches()) {
				rows.add(IntStream.rangeClosed(1, 7).mapToObj(matcher::group).toList());
			}
		}
		return rows;
	}

	@Test
	void theTableHasTheShortestAndTheLongest() throws IOException {
		assertThat(rows()).hasSizeGreaterThan(4).extracting(List::getFirst).contains("0", "1", "64", "1,400");
	}

	@ParameterizedTest
	@CsvSource({"'Hi, ',1", "'',4"})
	void theTableIsWhatIsMeasured(String greeting, int column) throws IOException {
		try (EchoFixture echo = EchoFixture.guarded(this.transport, EchoMode.SHARED, greeting, GuardSettings.OPEN);
				Client client = echo.client()) {
			for (List<String> row : rows()) {
				byte[] payload = new byte[Integer.parseInt(row.getFirst().replace(",", ""))];
				client.send(payload);
				Amplification measured = new Amplification(payload.length, client.receive().length);
				assertThat(row.subList(column, column + 3)).as("payload of %d bytes", payload.length)
						.containsExactly(String.format(Locale.ROOT, "%,d", measured.reply()),
								text(measured.ofPayload()), text(measured.ofPackets()));
			}
		}
	}

	private static String text(double factor) {
		return Double.isFinite(factor) ? String.format(Locale.ROOT, "%.2f", factor) : "-";
	}

}
