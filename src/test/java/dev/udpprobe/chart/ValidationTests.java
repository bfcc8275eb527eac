package dev.udpprobe.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the schema cannot say is said by the templates.
 */
class ValidationTests {

	private static final String CASES = """
			drainSeconds=16 | terminationGracePeriodSeconds must be at least drainSeconds + 30
			autoscaling.enabled=true,workload=daemonset | autoscaling.enabled needs workload: deployment.
			autoscaling.enabled=true,autoscaling.cpuUtilization=null | autoscaling needs cpuUtilization or memoryUtilization.
			autoscaling.minReplicas=6 | autoscaling.minReplicas must not exceed autoscaling.maxReplicas.
			udpService.externalTrafficPolicy=Local | udpService.externalTrafficPolicy needs udpService.type NodePort or LoadBalancer.
			udpService.healthCheckNodePort=30000 | udpService.healthCheckNodePort needs udpService.type LoadBalancer
			udpService.nodePort=30000 | udpService.nodePort needs udpService.type NodePort or LoadBalancer.
			httpService.nodePort=30000 | httpService.nodePort needs httpService.type NodePort or LoadBalancer.
			udpService.loadBalancerSourceRanges={10.0.0.0/8} | udpService.loadBalancerSourceRanges needs udpService.type LoadBalancer.
			httpService.loadBalancerSourceRanges={10.0.0.0/8} | httpService.loadBalancerSourceRanges needs httpService.type LoadBalancer.
			udpService.loadBalancerClass=a/b | udpService.loadBalancerClass needs udpService.type LoadBalancer.
			podDisruptionBudget.minAvailable=1,podDisruptionBudget.maxUnavailable=0 | podDisruptionBudget takes minAvailable or maxUnavailable, not both.
			management.port=8080 | management.port must differ from http.port
			config.http.health-port=8080 | config.http.health-port must differ from http.port and management.port; set it to null to have the probes use http.port.
			management.port=8090 | config.http.health-port must differ from http.port and management.port
			update.maxSurge=0 | update.maxSurge and update.maxUnavailable must not both be 0.
			workload=daemonset,update.maxSurge=1 | one of update.maxSurge and update.maxUnavailable must be 0 for a DaemonSet.
			workload=daemonset,podDisruptionBudget.enabled=true | podDisruptionBudget needs minAvailable, as a number, for a DaemonSet
			workload=daemonset,podDisruptionBudget.enabled=true,podDisruptionBudget.minAvailable=50% | podDisruptionBudget needs minAvailable, as a number
			env[0].name=SERVER_PORT | env: SERVER_PORT is set twice
			env[0].name=A,env[1].name=A | env: A is set twice
			jvmOptions=-Xint,env[0].name=JAVA_TOOL_OPTIONS | env: JAVA_TOOL_OPTIONS is set twice
			security.accountsSecret=a,config.security.account-files={b} | security.accountsSecret and config.security.account-files must not both be set; the Secret may have several files.
			config.security.everybody={ask},monitoring.monitor=service,monitoring.authorization.secret=a | monitoring.monitor needs accounts and monitoring.authorization.secret, the token of one that may view, or config.security.open-metrics: true.
			security.accountsSecret=a,monitoring.monitor=service | monitoring.monitor needs accounts and monitoring.authorization.secret, the token of one that may view, or config.security.open-metrics: true.
			management.tlsSecret=a | management.tlsSecret needs management.port; http.tlsSecret is for the port that both share.
			networkPolicy.enabled=true,config.client.allowed-targets={a:b} | "a:b" is not a target.
			""";

	@ParameterizedTest
	@MethodSource("cases")
	void whatDoesNotGoTogetherIsRejectedWithASentence(String set, String sentence) {
		assertThat(Chart.refusal("--set", set)).contains(sentence);
	}

	static List<String[]> cases() {
		return CASES.lines().map((line) -> line.split(" \\| ")).toList();
	}

	@Test
	void everySentenceOfTheTemplatesIsAmongThem() throws IOException {
		List<String> sentences = sentences();
		assertThat(sentences).hasSizeGreaterThan(10)
				.allSatisfy((sentence) -> assertThat(cases()).extracting((entry) -> entry[1])
						.anyMatch(Pattern.compile(pattern(sentence)).asPredicate()));
	}

	private static List<String> sentences() throws IOException {
		try (Stream<java.nio.file.Path> templates = Files.list(Chart.DIRECTORY.resolve("templates"))) {
			StringBuilder text = new StringBuilder();
			for (Path template : templates.filter(Files::isRegularFile).toList()) {
				text.append(Files.readString(template));
			}
			return Pattern.compile("fail (?:\\(printf )?\"([^\"]+)\"").matcher(text).results()
					.map((found) -> found.group(1)).toList();
		}
	}

	/**
	 * Cases may shorten a sentence to its start.
	 */
	private static String pattern(String sentence) {
		String start = sentence.replaceFirst("^config: ", "")
				.replaceFirst("(?: and externalTrafficPolicy|, or requests|; leave|; http|: Kubernetes).*", "");
		return Stream.of(start.split("%[sq]", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
	}

}
