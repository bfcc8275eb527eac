package dev.udpprobe.chart;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WorkloadTests {

	private static final String CHECKSUM = "$.spec.template.metadata.annotations['checksum/config']";

	@ParameterizedTest
	@ValueSource(strings = {"config.echo.port=7008", "config.echo.greeting=", "config.client.timeout=2s",
			"config.targets[0].name=a,config.targets[0].address=a:1"})
	void podsAreReplacedWhenTheConfigurationChanges(String set) {
		assertThat(Chart.render("--set", set).workload().one(CHECKSUM))
				.isNotEqualTo(Chart.render().workload().one(CHECKSUM));
	}

	@ParameterizedTest
	@ValueSource(strings = {"replicas=3", "commonLabels.a=b", "udpService.type=NodePort", "networkPolicy.enabled=true",
			"monitoring.monitor=pod", "config.echo.port=7007"})
	void podsStayWhenItDoesNot(String set) {
		Manifest changed = Chart.render("--set", set).workload();
		Manifest before = Chart.render().workload();
		assertThat(changed.one(CHECKSUM)).isEqualTo(before.one(CHECKSUM));
		if (!set.startsWith("commonLabels")) {
			assertThat(changed.mapping("$.spec.template")).isEqualTo(before.mapping("$.spec.template"));
		}
	}

	@Test
	void theConfigurationIsWhereTheApplicationLooksForIt() {
		Rendered rendered = Chart.render();
		Manifest workload = rendered.workload();
		assertThat(workload.mapping(Rendered.CONTAINER + ".volumeMounts[0]")).containsEntry("mountPath",
				"/opt/udp-probe/config");
		assertThat(workload.mapping("$.spec.template.spec.volumes[0]")).containsEntry("configMap",
				Map.of("name", rendered.config().name()))
				.containsEntry("name", workload.one(Rendered.CONTAINER + ".volumeMounts[0].name"));
	}

	@Test
	void aPodServesWhileTheClusterLearnsThatItStops() {
		String sleep = Rendered.CONTAINER + ".lifecycle.preStop.sleep.seconds";
		String grace = "$.spec.template.spec.terminationGracePeriodSeconds";
		Manifest byDefault = Chart.render().workload();
		assertThat(byDefault.one(sleep)).isEqualTo(5);
		assertThat((Integer) byDefault.one(grace)).isGreaterThanOrEqualTo(5 + 30);
		Manifest longer = Chart.render("--set", "drainSeconds=20,terminationGracePeriodSeconds=50").workload();
		assertThat(longer.one(sleep)).isEqualTo(20);
		assertThat(longer.one(grace)).isEqualTo(50);
		assertThat(Chart.render("--set", "drainSeconds=0").workload().all(Rendered.CONTAINER + ".lifecycle")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			workload=deployment                                     | strategy       | 1   | 0
			workload=deployment,hostNetwork=true                    | strategy       | 0   | 1
			workload=daemonset                                      | updateStrategy | 0   | 1
			workload=deployment,update.maxSurge=25%                 | strategy       | 25% | 0
			workload=deployment,update.maxSurge=0,update.maxUnavailable=1 | strategy | 0   | 1
			workload=daemonset,update.maxSurge=1,update.maxUnavailable=0 | updateStrategy | 1 | 0
			""")
	void anUpdateNeedsNoPortTwiceOnANode(String set, String strategy, String surge, String unavailable) {
		Manifest workload = Chart.render("--set", set).workload();
		assertThat(workload.text("$.spec.%s.rollingUpdate.maxSurge".formatted(strategy))).isEqualTo(surge);
		assertThat(workload.text("$.spec.%s.rollingUpdate.maxUnavailable".formatted(strategy))).isEqualTo(unavailable);
	}

	@Test
	void aDaemonSetHasWhatADeploymentHasButReplicasAndSpread() {
		Rendered daemonset = Chart.render("--set", "workload=daemonset,replicas=3");
		assertThat(daemonset.kinds()).contains("DaemonSet").doesNotContain("Deployment");
		Manifest workload = daemonset.one("DaemonSet");
		assertThat(workload.mapping("$.spec")).doesNotContainKeys("replicas", "strategy");
		assertThat(workload.all("$.spec.template.spec.topologySpreadConstraints")).isEmpty();
		Manifest deployment = Chart.render("--set", "replicas=3").workload();
		assertThat(deployment.one("$.spec.replicas")).isEqualTo(3);
		assertThat(deployment.one("$.spec.template.spec.topologySpreadConstraints[0].topologyKey"))
				.isEqualTo("kubernetes.io/hostname");
		assertThat(workload.mapping(Rendered.CONTAINER)).isEqualTo(deployment.mapping(Rendered.CONTAINER));
	}

	@Test
	void theAutoscalerIsLeftTheReplicas() {
		Rendered rendered = Chart.render(Chart.values("autoscaling"));
		assertThat(rendered.workload().all("$.spec.replicas")).isEmpty();
		Manifest autoscaler = rendered.one("HorizontalPodAutoscaler");
		assertThat(autoscaler.mapping("$.spec.scaleTargetRef")).containsEntry("kind", "Deployment")
				.containsEntry("name", rendered.name());
		assertThat(autoscaler.mapping("$.spec")).containsEntry("minReplicas", 3).containsEntry("maxReplicas", 9);
		assertThat(autoscaler.all("$.spec.metrics[*].resource.name")).containsExactly("cpu", "memory");
		assertThat(autoscaler.all("$.spec.metrics[*].resource.target.averageUtilization")).containsExactly(80, 75);
		assertThat(Chart.render().kinds()).doesNotContain("HorizontalPodAutoscaler");
	}

	@ParameterizedTest
	@CsvSource({"podDisruptionBudget.enabled=true, maxUnavailable, 1",
			"'podDisruptionBudget.enabled=true,podDisruptionBudget.maxUnavailable=0', maxUnavailable, 0",
			"'podDisruptionBudget.enabled=true,podDisruptionBudget.minAvailable=0', minAvailable, 0",
			"'podDisruptionBudget.enabled=true,podDisruptionBudget.minAvailable=50%', minAvailable, 50%"})
	void aBudgetHasOneOfItsTwoBounds(String set, String key, String value) {
		Manifest budget = Chart.render("--set", set).one("PodDisruptionBudget");
		assertThat(budget.mapping("$.spec")).containsOnlyKeys("selector", key);
		assertThat(budget.text("$.spec." + key)).isEqualTo(value);
	}

	@Test
	void environmentVariablesOfTheUserComeAfterTheChartsOwn() {
		Manifest workload = Chart.render(Chart.values("config")).workload();
		assertThat(workload.all(Rendered.CONTAINER + ".env[*].name")).isEqualTo(List.of("SERVER_PORT",
				"MANAGEMENT_SERVER_PORT", "JAVA_TOOL_OPTIONS", "COMMUNITY", "UDPPROBE_CLIENT_TARGET",
				"LOGGING_STRUCTURED_FORMAT_CONSOLE"));
		assertThat(workload.one(Rendered.CONTAINER + ".envFrom[0].secretRef.name")).isEqualTo("more");
		assertThat(workload.one("$.spec.template.spec.enableServiceLinks")).isEqualTo(false);
	}

}
