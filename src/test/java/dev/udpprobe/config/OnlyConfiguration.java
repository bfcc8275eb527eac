package dev.udpprobe.config;

import org.assertj.core.api.AbstractStringAssert;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The configuration, which is started alone, as the real application would.
 */
@EnableConfigurationProperties(UdpProbeProperties.class)
class OnlyConfiguration {

	static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(OnlyConfiguration.class).web(WebApplicationType.NONE);
	}

	static AbstractStringAssert<?> assertFails(CapturedOutput output, String... args) {
		return assertFails(output, application(), args);
	}

	static AbstractStringAssert<?> assertFails(CapturedOutput output, SpringApplicationBuilder application,
			String... args) {
		int before = output.getAll().length();
		assertThatException().isThrownBy(() -> application.run(args).close());
		String said = output.getAll().substring(before);
		assertThat(said).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
		return assertThat(said.substring(said.indexOf("Description:"))).contains("Correct the configuration.");
	}

}
