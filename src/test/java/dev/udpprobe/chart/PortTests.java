package dev.udpprobe.chart;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PortTests {

	private static final String PORT = Rendered.CONTAINER + ".ports[?(@.name=='%s')].containerPort";

	private static final String ENV = Rendered.CONTAINER + ".env[?(@.name=='%s')].value";

	@Test
	void theUdpPortIsTheSameEverywhere() {
		Rendered rendered = Chart.render("--set", "config.echo.port=4242,networkPolicy.enabled=true");
		assertThat(applicationYaml(rendered).one("$.udp-probe.echo.port")).isEqualTo(4242);
		assertThat(rendered.workload().one(PORT.formatted("udp"))).isEqualTo(4242);
		assertThat(rendered.one("Service", "udp").mapping("$.spec.ports[0]")).containsEntry("port", 4242)
				.containsEntry("targetPort", "udp")
				.containsEntry("protocol", "UDP");
		assertThat(rendered.one("NetworkPolicy").all("$.spec.ingress[*].ports[?(@.protocol=='UDP')].port"))
				.containsExactly("udp");
		assertThat(rendered.one("Pod", "test-exchange").text("$.spec.containers[0].env[?(@.name=='PORT')].value"))
				.isEqualTo("4242");
	}

	@Test
	void theHttpPortIsTheSameEverywhere() {
		Rendered rendered = Chart.render("--set", "http.port=8181,networkPolicy.enabled=true");
		assertThat(rendered.workload().one(ENV.formatted("SERVER_PORT"))).isEqualTo("8181");
		assertThat(rendered.workload().one(PORT.formatted("http"))).isEqualTo(8181);
		assertThat(rendered.one("Service", "http").mapping("$.spec.ports[0]")).containsEntry("port", 8181)
				.containsEntry("targetPort", "http");
		assertThat(rendered.one("NetworkPolicy").all("$.spec.ingress[*].ports[?(@.protocol=='TCP')].port"))
				.containsExactly("http");
		assertThat(rendered.one("Pod", "test-refusal").text("$.spec.containers[0].env[?(@.name=='PORT')].value"))
				.isEqualTo("8181");
	}

	@ParameterizedTest
	@ValueSource(strings = {"none", "service", "pod"})
	void aManagementPortOfItsOwnIsReachedForMetricsAlone(String monitor) {
		Rendered rendered = Chart.render("--set",
				"management.port=9191,networkPolicy.enabled=true,monitoring.monitor=" + monitor);
		assertThat(rendered.workload().one(ENV.formatted("MANAGEMENT_SERVER_PORT"))).isEqualTo("9191");
		assertThat(rendered.workload().one(PORT.formatted("management"))).isEqualTo(9191);
		assertThat(rendered.one("NetworkPolicy").all("$.spec.ingress[*].ports[?(@.protocol=='TCP')].port"))
				.containsExactly("http", "management");
		for (Manifest service : rendered.all("Service")) {
			boolean metrics = service.name().endsWith("-metrics");
			assertThat(service.all("$.spec.ports[*].targetPort").contains("management")).as(service.name())
					.isEqualTo(metrics);
			assertThat(service.all("$.spec.ports[*].port").contains(9191)).as(service.name()).isEqualTo(metrics);
		}
	}

	@Test
	void withoutAManagementPortMetricsAreWhereHttpIs() {
		Rendered rendered = Chart.render("--set", "monitoring.monitor=service,networkPolicy.enabled=true");
		assertThat(rendered.workload().all(ENV.formatted("MANAGEMENT_SERVER_PORT"))).isEmpty();
		assertThat(rendered.workload().all(PORT.formatted("management"))).isEmpty();
		assertThat(rendered.one("Service", "metrics").mapping("$.spec.ports[0]")).containsEntry("port", 8080)
				.containsEntry("targetPort", "http");
		assertThat(Chart.render("--set", "monitoring.monitor=pod").one("PodMonitor")
				.one("$.spec.podMetricsEndpoints[0].port")).isEqualTo("http");
	}

	@Test
	void aMonitorScrapesThePortThatHasMetrics() {
		Rendered service = Chart.render("--set", "monitoring.monitor=service,management.port=9191");
		assertThat(service.one("ServiceMonitor").mapping("$.spec.endpoints[0]"))
				.containsEntry("port", service.one("Service", "metrics").one("$.spec.ports[0].name"))
				.containsEntry("path", "/actuator/prometheus");
		Rendered pod = Chart.render("--set", "monitoring.monitor=pod,management.port=9191");
		assertThat(pod.one("PodMonitor").mapping("$.spec.podMetricsEndpoints[0]")).containsEntry("port", "management")
				.containsEntry("path", "/actuator/prometheus");
		assertThat(pod.all("Service")).extracting(Manifest::name).noneMatch((name) -> name.endsWith("-metrics"));
	}

	@ParameterizedTest
	@MethodSource("valueSets")
	void everyPortThatIsNamedIsOneOfTheContainer(List<String> values) {
		Rendered rendered = Chart.render(values.toArray(String[]::new));
		List<Object> names = rendered.workload().all(Rendered.CONTAINER + ".ports[*].name");
		assertThat(names).doesNotHaveDuplicates();
		String probed = names.contains("health") ? "health" : "http";
		assertThat(rendered.workload().all(Rendered.CONTAINER + "..httpGet.port"))
				.containsExactly(probed, probed, probed);
		assertThat(names).containsAll(rendered.manifests()
				.stream()
				.flatMap((manifest) -> Stream
						.of("$.spec.ports[*].targetPort", "$.spec.ingress[*].ports[*].port",
								"$.spec.podMetricsEndpoints[*].port")
						.flatMap((path) -> manifest.all(path).stream()))
				.toList());
	}

	static List<List<String>> valueSets() throws IOException {
		return Chart.valueSets().stream().map(List::of).toList();
	}

	@Test
	void theProbesAskForLivenessAndReadiness() {
		Manifest workload = Chart.render().workload();
		assertThat(Stream.of("startup", "liveness", "readiness")
				.map((probe) -> workload.one("%s.%sProbe.httpGet.path".formatted(Rendered.CONTAINER, probe))))
				.containsExactly("/livez", "/livez", "/readyz");
	}

	@Test
	void theHealthPortIsForProbesAlone() {
		Rendered rendered = Chart.render("--set", "config.http.health-port=8282,networkPolicy.enabled=true");
		assertThat(applicationYaml(rendered).one("$.udp-probe.http.health-port")).isEqualTo(8282);
		assertThat(rendered.workload().one(PORT.formatted("health"))).isEqualTo(8282);
		assertThat(rendered.all("Service")).noneMatch((service) -> service.all("$.spec.ports[*].port").contains(8282));
		assertThat(rendered.one("NetworkPolicy").all("$.spec.ingress[*].ports[*].port")).doesNotContain("health", 8282);
	}

	@Test
	void withoutAHealthPortProbesUseHttp() {
		Rendered rendered = Chart.render("--set", "config.http.health-port=null");
		assertThat(rendered.workload().all(Rendered.CONTAINER + ".ports[*].name")).containsExactly("http", "udp");
		assertThat(rendered.workload().all(Rendered.CONTAINER + "..httpGet.port")).containsExactly("http", "http",
				"http");
	}

	@Test
	void withoutEchoServerThereIsNothingForUdp() {
		Rendered rendered = Chart.render("--set", "config.echo.enabled=false,networkPolicy.enabled=true");
		assertThat(rendered.workload().all(Rendered.CONTAINER + ".ports[*].name")).containsExactly("http", "health");
		assertThat(rendered.all("Service")).extracting(Manifest::name).containsExactly(rendered.name() + "-http");
		assertThat(rendered.one("NetworkPolicy").all("$.spec.ingress[*].ports[*].port")).containsExactly("http");
		assertThat(rendered.all("Pod")).extracting(Manifest::name).containsExactly(rendered.name() + "-test-refusal");
	}

	@ParameterizedTest
	@ValueSource(strings = {"Cluster", "Local"})
	void theExternalTrafficPolicyIsSetWhereAskedOnly(String policy) {
		String path = "$.spec.externalTrafficPolicy";
		assertThat(Chart.render("--set", "udpService.type=LoadBalancer").one("Service", "udp").all(path)).isEmpty();
		Rendered asked = Chart.render("--set",
				"httpService.type=NodePort,udpService.type=LoadBalancer,udpService.externalTrafficPolicy=" + policy);
		assertThat(asked.one("Service", "udp").one(path)).isEqualTo(policy);
		assertThat(asked.one("Service", "http").all(path)).isEmpty();
	}

	@Test
	void everyOptionOfTheUdpServiceArrives() {
		Map<String, Object> spec = Chart.render(Chart.values("load-balancer")).one("Service", "udp").mapping("$.spec");
		assertThat(spec).containsEntry("type", "LoadBalancer")
				.containsEntry("externalTrafficPolicy", "Local")
				.containsEntry("healthCheckNodePort", 32123)
				.containsEntry("sessionAffinity", "ClientIP")
				.containsEntry("sessionAffinityConfig", Map.of("clientIP", Map.of("timeoutSeconds", 600)))
				.containsEntry("loadBalancerClass", "service.k8s.aws/nlb")
				.containsEntry("loadBalancerSourceRanges", List.of("192.0.2.0/24"))
				.containsEntry("ipFamilyPolicy", "PreferDualStack")
				.containsEntry("ipFamilies", List.of("IPv4", "IPv6"));
	}

	private static Manifest applicationYaml(Rendered rendered) {
		String text = rendered.config().text("$.data['application.yaml']");
		return new Manifest(Yaml.documents(text).getFirst());
	}

}
