package dev.udpprobe.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys by which datagrams are signed: what is taken, and that none is ever shown.
 */
@ReadsLog
class KeyConfigurationTests {

	private static String key(int length) {
		return "S3cret-k".repeat(129).substring(0, length);
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 15, 1_025})
	void aKeyOfAWrongLengthIsAnsweredWithItsLengthAlone(int length, CapturedOutput output) {
		OnlyConfiguration.assertFails(output, "--udp-probe.echo.key=" + key(length))
				.contains("udp-probe.echo.key (bytes) is '%d'"
						.formatted(length), "16 to 1024")
				.doesNotContain(key(Math.min(length, 4)));
		OnlyConfiguration
				.assertFails(output, "--udp-probe.echo.key=" + key(16), "--udp-probe.echo.second-key=" + key(length))
				.contains("udp-probe.echo.second-key (bytes) is '%d'".formatted(length), "16 to 1024")
				.doesNotContain(key(Math.min(length, 4)));
		OnlyConfiguration
				.assertFails(output, "--udp-probe.targets[0].name=far", "--udp-probe.targets[0].address=192.0.2.1:7",
						"--udp-probe.targets[0].key=" + key(length))
				.contains(
						"udp-probe.targets[].key of 'far' (bytes) is '%d'"
								.formatted(length),
						"16 to 1024")
				.doesNotContain(key(Math.min(length, 4)));
	}

	@ParameterizedTest
	@CsvSource({"echo.keys", "echo.kye", "targets[0].kee", "target[0].key", "echo.key.of", "echo.key.bytes",
			"echo.key[0]", "echo.second-key.of",
			"echo.second-key.bytes", "echo.second-key[0]", "echo.secondkeys"})
	void aKeyUnderAnotherNameIsNotShown(String name, CapturedOutput output) {
		OnlyConfiguration
				.assertFails(output, "--udp-probe.targets[0].name=far", "--udp-probe.targets[0].address=192.0.2.1:7",
						"--udp-probe.%s=%s".formatted(name, key(24)))
				.contains("udp-probe." + name).doesNotContain(key(4));
	}

	@ParameterizedTest
	@ValueSource(strings = {"echo.key", "echo.second-key", "targets[0].key"})
	void aKeyThatCannotBeReadIsNotShown(String name, CapturedOutput output) {
		OnlyConfiguration
				.assertFails(output, "--udp-probe.targets[0].name=far", "--udp-probe.targets[0].address=192.0.2.1:7",
						"--udp-probe.%s=%s${udp-probe.%s}".formatted(name, key(24), name))
				.contains("udp-probe." + name)
				.doesNotContain(key(4));
	}

	@ParameterizedTest
	@CsvSource({"echo.key, udp-probe.echo.key refers to",
			"echo.second-key, udp-probe.echo.second-key refers to",
			"targets[0].key, udp-probe.targets[].key of 'far' refers to"})
	void aReferenceToAVariableThatIsNotSetIsNoKey(String name, String said, CapturedOutput output) {
		OnlyConfiguration
				.assertFails(output, "--udp-probe.targets[0].name=far", "--udp-probe.targets[0].address=192.0.2.1:7",
						"--udp-probe.%s=${A_NAME_OF_SIXTEEN_BYTES}".formatted(name))
				.contains(said, "that is not set")
				.doesNotContain("SIXTEEN");
	}

	@Test
	void aKeyThatIsTakenIsNotShownEither(CapturedOutput output) {
		for (int length : new int[]{16, 1_024}) {
			try (ConfigurableApplicationContext context = OnlyConfiguration.application().run(
					"--udp-probe.echo.key=" + key(length),
					"--udp-probe.targets[0].name=far", "--udp-probe.targets[0].address=192.0.2.1:7",
					"--udp-probe.targets[0].key=" + key(length))) {
				UdpProbeProperties properties = context.getBean(UdpProbeProperties.class);
				assertThat(properties.echo().settings().keys()).hasSize(1);
				assertThat(properties.targets()).singleElement().extracting((target) -> target.target().signer())
						.isNotNull();
				assertThat(properties.toString() + properties.echo().settings()).contains("key=***")
						.doesNotContain(key(4));
			}
		}
		assertThat(output.getAll()).doesNotContain(key(4));
	}

	@Test
	void aSecondKeyNeedsAFirstOneThatDiffers(CapturedOutput output) {
		String second = "--udp-probe.echo.second-key=" + key(24);
		OnlyConfiguration.assertFails(output, second)
				.contains("udp-probe.echo.second-key is set, but udp-probe.echo.key is not.")
				.doesNotContain(key(4));
		OnlyConfiguration.assertFails(output, second, "--udp-probe.echo.key=" + key(24))
				.contains("udp-probe.echo.second-key is the same as udp-probe.echo.key.")
				.doesNotContain(key(4));
	}

	@Test
	void theFirstKeyIsThatOfTheOwnClient() {
		try (ConfigurableApplicationContext context = OnlyConfiguration.application()
				.run("--udp-probe.echo.second-key=" + key(17), "--udp-probe.echo.key=" + key(16))) {
			assertThat(context.getBean(UdpProbeProperties.class).echo().settings().keys())
					.extracting(SharedKey::length)
					.containsExactly(16, 17);
		}
	}

	@Test
	void anEmptyKeyIsNone() {
		try (ConfigurableApplicationContext context = OnlyConfiguration.application().run("--udp-probe.echo.key=",
				"--udp-probe.echo.second-key=",
				"--udp-probe.targets[0].name=far", "--udp-probe.targets[0].address=192.0.2.1:7",
				"--udp-probe.targets[0].key=")) {
			assertThat(context.getBean(UdpProbeProperties.class).targets()).singleElement()
					.extracting((target) -> target.target().signer())
					.isNull();
			assertThat(context.getBean(UdpProbeProperties.class).echo().settings().keys()).isEmpty();
		}
	}

}
