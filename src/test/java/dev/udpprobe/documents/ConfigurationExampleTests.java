package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service starts with the file that docs/configuration.md gives as an example.
 */
class ConfigurationExampleTests {

	private static final Pattern FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	@Test
	void theExampleIsTaken(@TempDir Path directory) throws IOException {
		Matcher example = FILE.matcher(Files.readString(Path.of("docs/configuration.md")));
		assertThat(example.find()).isTrue();
		Path file = Files.writeString(directory.resolve("application.yaml"), example.group(1));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(UdpProbeApplication.class)
				.web(WebApplicationType.NONE)
				.run("--spring.config.additional-location=" + file, "--udp-probe.echo.port=0")) {
			assertThat(context.getBean(Targets.class).all()).extracting(Target::name)
					.containsExactly("echo", "dns", "far");
		}
	}

}
