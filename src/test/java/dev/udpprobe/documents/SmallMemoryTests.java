package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SmallMemoryTests {

	private static final Pattern OPTIONS = Pattern.compile("<small.memory>(.+)</small.memory>");

	@Test
	void theReadmeStartsTheJarAsTheBuildStartsTheService() throws IOException {
		Matcher options = OPTIONS.matcher(Files.readString(Path.of("pom.xml")));
		assertThat(options.find()).isTrue();
		assertThat(Files.readString(Path.of("README.md"))).contains("java " + options.group(1) + " -jar target/");
	}

}
