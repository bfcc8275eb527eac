package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SmallMemoryTests {

	private static final Pattern OPTIONS = Pattern.compile("<small.memory>(.+)</small.memory>");

	private static final Pattern COMMAND = Pattern.compile("java (-X.+) -jar target/");

	@Test
	void theDocumentsStartTheJarAsTheBuildStartsTheService() throws IOException {
		Matcher options = OPTIONS.matcher(Files.readString(Path.of("pom.xml")));
		assertThat(options.find()).isTrue();
		List<String> told = new ArrayList<>();
		for (Path document : Documents.all()) {
			COMMAND.matcher(Files.readString(document)).results().map((match) -> match.group(1)).forEach(told::add);
		}
		assertThat(told).isNotEmpty().containsOnly(options.group(1));
	}

}
