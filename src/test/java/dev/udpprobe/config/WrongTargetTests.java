package dev.udpprobe.config;

import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;

import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.testing.ReadsLog;

/**
 * A target that is wrong stops the start with a sentence that says which key is, and what it
 * takes.
 */
@ReadsLog
class WrongTargetTests {

	@ParameterizedTest
	@ValueSource(strings = {"", "Dns", "a b", "-a", "a.", "größe", "echo", "ad-hoc",
			"a234567890123456789012345678901234567890123456789012345678901234"})
	void aWrongNameOfATargetIsAnsweredWithWhatNamesAre(String name, CapturedOutput output) {
		OnlyConfiguration.assertFails(output, target(0, name, "localhost:53")).contains("udp-probe.targets[", "].name",
				"'" + name + "'", "1 to 63 lower-case letters", "neither echo nor ad-hoc");
	}

	@ParameterizedTest
	@CsvSource({"'', is not host:port", "localhost, is not host:port", "localhost:0, port 0",
			"localhost:65536, port 65536", "300.1.1.1:53, is neither an IP address nor a host name",
			"::1:53, is not host:port"})
	void aWrongAddressOfATargetIsAnsweredWithItsKeyAndWhatIsWrong(String address, String wrong,
			CapturedOutput output) {
		OnlyConfiguration.assertFails(output, target(0, "dns", address)).contains(
				"udp-probe.targets[0].address=" + address,
				"'%s'".formatted(address), wrong);
	}

	@Test
	void aTargetNeedsANameAndAnAddress(CapturedOutput output) {
		OnlyConfiguration.assertFails(output, "--udp-probe.targets[0].name=dns").contains("].address of 'dns'",
				HostAndPort.TAKES);
		OnlyConfiguration.assertFails(output, "--udp-probe.targets[0].address=localhost:53").contains("].name");
	}

	@Test
	void twoTargetsOfOneNameAreAnsweredWithIt(CapturedOutput output) {
		String[] both = Stream.of(target(0, "dns", "192.0.2.1:53"), target(1, "dns", "192.0.2.2:53"))
				.flatMap(Arrays::stream)
				.toArray(String[]::new);
		OnlyConfiguration.assertFails(output, both).contains("udp-probe.targets[", "].name", "'dns'",
				"a name that no other target has");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			interval=5s | ].interval of 'dns' takes a module beside it
			interval=1ms | ].interval of 'dns' is '1ms'; it takes a duration from 100ms to 86400s
			timeout=11s | ].timeout of 'dns' is '11s'; it takes a duration from 1ms to 10s
			rise=0 | ].rise of 'dns' is '0'; it takes 1 to 100
			fall=101 | ].fall of 'dns' is '101'; it takes 1 to 100
			labels.state=up | ].labels of 'dns' are not taken: 'state' is no name of a label; it takes 1 to 63
			""")
	void whatIsSaidOfItsRoundsAndLabelsIsChecked(String setting, String wrong, CapturedOutput output) {
		String[] arguments = Stream.concat(Stream.of(target(0, "dns", "localhost:53")),
				Stream.of("--udp-probe.targets[0]." + setting)).toArray(String[]::new);
		OnlyConfiguration.assertFails(output, arguments).contains("udp-probe.targets[" + wrong);
	}

	@ParameterizedTest
	@ValueSource(strings = {"/etc/targets", "/etc/targets/*", "a.yaml.txt"})
	void aTargetFileHasAnEndingThatIsTaken(String path, CapturedOutput output) {
		OnlyConfiguration.assertFails(output, "--udp-probe.target-files=" + path).contains(
				"udp-probe.target-files is '%s'; it takes paths that end in .yml, .yaml or .json".formatted(path));
	}

	private static String[] target(int index, String name, String address) {
		return new String[]{"--udp-probe.targets[%d].name=%s".formatted(index, name),
				"--udp-probe.targets[%d].address=%s".formatted(index, address)};
	}

}
