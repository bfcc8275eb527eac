package dev.udpprobe.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;

import dev.udpprobe.destination.Target;
import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.monitor.RoundSettings;
import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;

@ReadsLog
class GroupTargetsTests extends TargetFilesTests {

	GroupTargetsTests(@TempDir Path directory) {
		super(directory);
	}

	@Test
	void labelsSayHowATargetIsAsked() throws Exception {
		Path file = write("a.yaml", """
				- targets: [dns.example]
				  labels:
				    __name: office
				    __module: dns
				    __with_name: example.test
				    __interval: 5s
				    __timeout: 500ms
				    __rise: 3
				    __fall: 4
				    __port: kept
				    __meta_kubernetes_pod: p
				    zone: 010
				    on: on
				    none: ''
				- targets: ['[2001:db8::1]:53', 192.0.2.1:7]
				""");
		sources("*.yaml");
		TargetSpec office = spec("office");
		assertThat(office.target().address()).hasToString("dns.example:53");
		assertThat(office.target().asks()).isEqualTo(new Target.Asks("dns", Map.of("name", "example.test")));
		assertThat(office.rounds()).isEqualTo(
				new RoundSettings(Duration.ofSeconds(5), Duration.ofMillis(500), 3, 4, LocalPort.KEPT));
		assertThat(office.labels()).containsExactly(Map.entry("zone", "010"), Map.entry("on", "on"));
		assertThat(office.source()).isEqualTo(file.toString());
		assertThat(names()).containsExactly("office", "[2001:db8::1]:53", "192.0.2.1:7");
		assertThat(spec("192.0.2.1:7").rounds()).isEqualTo(RoundSettings.BY_HAND);
	}

	@Test
	void jsonSaysTheSame() throws Exception {
		write("a.json", "[{\"targets\": [\"a\", \"b:54\"], \"labels\": {\"__module\": \"ntp\", \"zone\": \"x\"}}]");
		sources("*.json");
		assertThat(names()).containsExactly("a:123", "b:54");
		assertThat(spec("a:123").labels()).containsExactly(Map.entry("zone", "x"));
		assertThat(spec("a:123").rounds()).isEqualTo(new RoundSettings(Duration.ofSeconds(30), null, 1, 2, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			'targets: [a:1, b, c:1]' | 'group 2, target 2: ''b'' is not host:port or [IPv6 address]:port, with a port from 1 to 65535' | 1
			'targets: [a:1]\n  labels: {__nmae: x}' | 'group 2: there is no label ''__nmae''; with two underscores first it takes __name, __module, __interval, __timeout, __rise, __fall, __port, __with_ and a setting''s name, and __meta_ and whatever comes' | 1
			'targets: [a:1, b:1]\n  labels: {__name: x}' | 'group 2: __name takes a group of one target, and there are 2' | 2
			'targets: [a:1]\n  labels: {__name: A}' | 'group 2: __name is ''A''; it takes 1 to 63 lower-case letters, digits, dots, dashes and underscores, but neither echo nor ad-hoc' | 1
			'targets: [a:1]\n  labels: {__name: echo}' | 'group 2: __name is ''echo''; it takes 1 to 63 lower-case letters, digits, dots, dashes and underscores, but neither echo nor ad-hoc' | 1
			'targets: [a:1]\n  labels: {__module: nix}' | 'group 2: __module is ''nix'', and there is no such module' | 1
			'targets: [a:1]\n  labels: {__module: dns, __with_nix: 1}' | 'group 2: __with_nix is not taken: the module dns has no such setting; it has SETTINGS' | 1
			'targets: [a:1]\n  labels: {__module: dns, __with_type: NIX}' | 'group 2: __with_type is not taken: ''NIX'' is not a record type; it takes for example A, AAAA, SOA, TYPE65' | 1
			'targets: [a:1]\n  labels: {__with_name: b}' | 'group 2: __with_name takes __module beside it' | 1
			'targets: [a:1]\n  labels: {__interval: 10s}' | 'group 2: __interval takes a module beside it' | 1
			'targets: [a:1]\n  labels: {__module: ntp, __interval: 10}' | 'group 2: __interval is ''10ms''; it takes a duration from 100ms to 86400s' | 1
			'targets: [a:1]\n  labels: {__module: ntp, __interval: soon}' | 'group 2: __interval is ''soon''; it takes a duration such as 500ms, 10s or 5m' | 1
			'targets: [a:1]\n  labels: {__module: ntp, __interval: 99999999999999999d}' | 'group 2: __interval is ''99999999999999999d''; it takes a duration such as 500ms, 10s or 5m' | 1
			'targets: [a:1]\n  labels: {__module: ntp, __interval: PT9223372036854775807.5S}' | 'group 2: __interval is ''PT2562047788015215H30M7.5S''; it takes a duration from 100ms to 86400s' | 1
			'targets: [a:1]\n  labels: {__timeout: 11s}' | 'group 2: __timeout is ''11s''; it takes a duration from 1ms to 10s' | 1
			'targets: [a:1]\n  labels: {__rise: 0}' | 'group 2: __rise is ''0''; it takes 1 to 100' | 1
			'targets: [a:1]\n  labels: {__fall: 101}' | 'group 2: __fall is ''101''; it takes 1 to 100' | 1
			'targets: [a:1]\n  labels: {__fall: few}' | 'group 2: __fall is ''few''; it takes a number' | 1
			'targets: [a:1]\n  labels: {__port: open}' | 'group 2: __port is ''open''; it takes fresh or kept' | 1
			'targets: [a:1]\n  labels: {__module: tftp, __port: kept}' | 'group 2: __port is ''kept'', and the module tftp takes a socket that is not connected, or names its port' | 1
			'targets: [a:1]\n  labels: {state: up}' | 'group 2: the labels are not taken: ''state'' is no name of a label; it takes 1 to 63 letters, digits and underscores, no digit and no two underscores first, and is none of target, address, module, outcome, state, instance, job, namespace' | 1
			'targets: ["a\\nb"]' | 'group 2, target 1: ''a?b'' is not host:port or [IPv6 address]:port, with a port from 1 to 65535' | 1
			""")
	void aWrongTargetIsLeftOutAndTheOthersStand(String group, String why, int targets) throws Exception {
		write("a.yaml", GOOD + "- " + group + "\n- targets: [192.0.2.9:1]\n");
		TargetSources sources = sources("*.yaml");
		assertThat(names()).contains("192.0.2.1:53", "192.0.2.9:1");
		assertThat(sources.wrong()).isOne();
		assertThat(wrong(sources).replaceAll("it has \\S.*\\.$", "it has SETTINGS."))
				.isEqualTo("DIR/a.yaml: %d target%s left out: %s.", targets, (targets == 1) ? " is" : "s are", why);
	}

	@ParameterizedTest
	@MethodSource
	void labelsHaveBounds(String labels, boolean taken) throws Exception {
		write("a.yaml", "- targets: [a:1]\n  labels: {%s}\n".formatted(labels));
		sources("*.yaml");
		assertThat(this.used.getLast()).hasSize(taken ? 1 : 0);
	}

	static Stream<Arguments> labelsHaveBounds() {
		String sixteen = String.join(", ", Stream.iterate(0, (i) -> i + 1).limit(16).map("l%d: x"::formatted).toList());
		return Stream.of(Arguments.of(sixteen, true), Arguments.of(sixteen + ", a: x", false),
				Arguments.of(sixteen + ", __meta_a: x, __rise: 1", true), Arguments.of("_".repeat(1) + "a: x", true),
				Arguments.of("a".repeat(63) + ": x", true), Arguments.of("a".repeat(64) + ": x", false),
				Arguments.of("a: " + "x".repeat(200), true), Arguments.of("a: " + "x".repeat(201), false),
				Arguments.of("a-b: x", false), Arguments.of("1a: x", false), Arguments.of("a: \"x\\ty\"", false),
				Arguments.of("a: \"\\u2028\"", false), Arguments.of("a: gr\u00f6\u00dfe", true));
	}

	@Test
	void theFirstFewAreTold(CapturedOutput output) throws Exception {
		write("a.yaml", "- targets: [x1, x2, x3, x4, x5, a:1]\n");
		sources("*.yaml");
		assertThat(names()).containsExactly("a:1");
		assertThat(output.getOut().lines().filter((line) -> line.contains("left out"))).singleElement().asString()
				.contains("5 targets are left out: group 1, target 1: 'x1' is", "; group 1, target 3: 'x3' is")
				.endsWith("; and 2 more.")
				.doesNotContain("x4");
	}

}
