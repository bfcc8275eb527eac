package dev.udpprobe.chart;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NameTests {

	/** As long as Helm lets the name of a release be. */
	private static final String LONG = "a23456789-123456789-123456789-123456789-123456789-123";

	private static final Pattern RFC_1035_LABEL = Pattern.compile("[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?");

	private static final Pattern LABEL_VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			probe | fullnameOverride=
			a     | fullnameOverride=
			a.b.c | fullnameOverride=
			1a    | fullnameOverride=
			1.a   | nameOverride=udp
			2024  | fullnameOverride=on
			1e3   | nameOverride=007
			true  | fullnameOverride=
			a23456789-123456789-123456789-123456789-123456789-123 | fullnameOverride=
			a23456789-123456789-123456789-123456789-1234.6-789-12 | fullnameOverride=
			9-udp-probe-9-123456789-123456789-123456789--6789-123 | fullnameOverride=
			probe | fullnameOverride=a23456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789
			probe | fullnameOverride=9.a
			probe | nameOverride=a23456789-123456789-123456789-123456789-123456789-123456789-123
			probe | nameOverride=A_b.C
			a23456789-123456789-123456789-123456789-123456789-123 | nameOverride=A23456789-123456789-123456789-123456789-123456789-123456789-123
			""")
	void namesAndLabelsAreLegal(String release, String override) {
		Rendered rendered = Chart.renderAs(release, all(override));
		assertThat(rendered.manifests()).hasSizeGreaterThan(12).allSatisfy((manifest) -> {
			assertThat(manifest.name()).matches(RFC_1035_LABEL);
			assertThat(Stream.of("$..labels.*", "$..matchLabels.*", "$.spec.selector['app.kubernetes.io/name']")
					.flatMap((path) -> manifest.all(path).stream()))
					.allSatisfy((value) -> assertThat(value).isInstanceOfSatisfying(String.class,
							(text) -> assertThat(text).matches(LABEL_VALUE)));
			assertThat(manifest.one("$.metadata.namespace")).isInstanceOf(String.class);
		});
		assertThat(rendered.manifests()).extracting(Manifest::toString).doesNotHaveDuplicates();
	}

	/**
	 * With everything that has a name.
	 */
	private static String[] all(String override) {
		return Stream.of(Stream.of("--set", override), Stream.of(Chart.values("monitoring")),
				Stream.of(Chart.values("network-policy")), Stream.of(Chart.values("autoscaling")))
				.flatMap((part) -> part)
				.toArray(String[]::new);
	}

	@Test
	void longNamesThatDifferAtTheirEndMakeDifferentObjects() {
		String other = LONG.substring(0, LONG.length() - 1) + "4";
		assertThat(Chart.renderAs(LONG).name()).isNotEqualTo(Chart.renderAs(other).name());
		assertThat(Chart.render("--set", "fullnameOverride=%s-a".formatted(LONG)).name())
				.isNotEqualTo(Chart.render("--set", "fullnameOverride=%s-b".formatted(LONG)).name());
	}

	@ParameterizedTest
	@CsvSource({"probe, '', probe-udp-probe", "my-udp-probe, '', my-udp-probe", "probe, nameOverride=echo, probe-echo",
			"echo, nameOverride=echo, echo", "probe, fullnameOverride=other, other", "a.b, '', a-b-udp-probe"})
	void aShortNameIsTakenAsItIs(String release, String override, String name) {
		List<String> names = Chart.renderAs(release, "--set", override)
				.manifests()
				.stream()
				.map(Manifest::name)
				.toList();
		assertThat(names).contains(name, name + "-udp", name + "-http")
				.allSatisfy((found) -> assertThat(found).startsWith(name));
	}

}
