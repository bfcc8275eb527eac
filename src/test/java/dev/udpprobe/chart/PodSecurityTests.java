package dev.udpprobe.chart;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the restricted profile of Kubernetes' Pod Security Standards wants, and a read-only
 * root, which it does not.
 */
class PodSecurityTests {

	@ParameterizedTest
	@MethodSource("valueSets")
	void everyPodIsRestricted(List<String> values) {
		Rendered rendered = Chart.render(values.toArray(String[]::new));
		Manifest workload = rendered.workload();
		assertRestricted(new Manifest(workload.mapping("$.spec.template.spec")));
		for (Manifest test : rendered.all("Pod")) {
			Manifest spec = new Manifest(test.mapping("$.spec"));
			assertRestricted(spec);
			assertThat(spec.all("$.hostNetwork")).as(test.name()).isEmpty();
		}
	}

	static List<List<String>> valueSets() throws IOException {
		return Chart.valueSets().stream().map(List::of).toList();
	}

	private static void assertRestricted(Manifest spec) {
		assertThat(spec.mapping("$.securityContext")).containsEntry("runAsNonRoot", true)
				.containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
		assertThat(spec.all("$..runAsUser")).isNotEmpty().doesNotContain(0);
		assertThat(spec.all("$.containers[*].securityContext")).hasSameSizeAs(spec.all("$.containers[*]"))
				.allSatisfy((context) -> assertThat(Yaml.mapping(context)).containsOnly(
						Map.entry("allowPrivilegeEscalation", false),
						Map.entry("capabilities", Map.of("drop", List.of("ALL"))),
						Map.entry("readOnlyRootFilesystem", true)));
		assertThat(spec.all("$.initContainers")).isEmpty();
		assertThat(spec.content()).doesNotContainKeys("hostPID", "hostIPC");
		assertThat(spec.all("$..hostPort")).isEmpty();
		assertThat(spec.all("$.volumes[*]")).allSatisfy((volume) -> assertThat(Yaml.mapping(volume).keySet())
				.isIn(Set.of("name", "configMap"), Set.of("name", "secret")));
		assertThat(spec.one("$.automountServiceAccountToken")).isEqualTo(false);
	}

	@Test
	void theNodesNetworkIsUsedWhereAskedOnly() {
		String host = "$.spec.template.spec.hostNetwork";
		String dns = "$.spec.template.spec.dnsPolicy";
		Manifest asked = Chart.render("--set", "hostNetwork=true").workload();
		assertThat(asked.one(host)).isEqualTo(true);
		assertThat(asked.one(dns)).isEqualTo("ClusterFirstWithHostNet");
		Manifest byDefault = Chart.render().workload();
		assertThat(Stream.of(host, dns).flatMap((path) -> byDefault.all(path).stream())).isEmpty();
	}

	@Test
	void theServiceAccountGivesNoToken() {
		Rendered rendered = Chart.render();
		Manifest account = rendered.one("ServiceAccount");
		assertThat(account.one("$.automountServiceAccountToken")).isEqualTo(false);
		assertThat(rendered.workload().one("$.spec.template.spec.serviceAccountName")).isEqualTo(account.name());
		assertThat(rendered.all("Pod")).isNotEmpty()
				.allSatisfy((test) -> assertThat(test.one("$.spec.serviceAccountName")).isEqualTo(account.name()));
	}

	@Test
	void anotherServiceAccountCanBeNamed() {
		Rendered existing = Chart.render("--set", "serviceAccount.create=false,serviceAccount.name=existing");
		assertThat(existing.all("ServiceAccount")).isEmpty();
		assertThat(existing.workload().one("$.spec.template.spec.serviceAccountName")).isEqualTo("existing");
		assertThat(Chart.render("--set", "serviceAccount.create=false")
				.workload()
				.one("$.spec.template.spec.serviceAccountName")).isEqualTo("default");
	}

}
