package dev.udpprobe.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaTests {

	/**
	 * Where the schema has more keys than the values set: of the application's configuration
	 * and of Kubernetes' own types.
	 */
	private static final List<String> BEYOND_THE_VALUES = List.of("global", "config.", "affinity.",
			"podSecurityContext.", "securityContext.");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			replica=1                                 | at ''                              | 'replica' not allowed
			image.name=x                              | at '/image'                        | 'name' not allowed
			config.server.port=1                      | at '/config'                       | 'server' not allowed
			config.echo.prot=1                        | at '/config/echo'                  | 'prot' not allowed
			config.client.maxTimeout=1s               | at '/config/client'                | 'maxTimeout' not allowed
			config.targets[0].adress=a:1              | at '/config/targets/0'             | 'adress' not allowed
			monitoring.rules.alerts.Other.enabled=no  | at '/monitoring/rules/alerts'      | 'Other' not allowed
			probes.startup.httpGet.port=1             | at '/probes/startup'               | 'httpGet' not allowed
			replicas=two                              | at '/replicas'                     | got string, want integer
			hostNetwork=yes                           | at '/hostNetwork'                  | got string, want boolean
			config.echo.enabled=yes                   | at '/config/echo/enabled'          | got string, want boolean
			podAnnotations.a=true                     | at '/podAnnotations/a'             | got boolean, want string
			config=null                               | missing propert                    | 'config'
			config.echo.port=null                     | at '/config/echo'                  | 'port'
			probes.liveness.successThreshold=2        | at '/probes/liveness/successThreshold' | maximum: got 2, want 1
			update.maxUnavailable=150%                | at '/update/maxUnavailable'        | does not match pattern
			commonLabels.a=b c                        | at '/commonLabels/a'               | does not match pattern
			workload=statefulset                      | at '/workload'                     | 'deployment', 'daemonset'
			config.echo.mode=both                     | at '/config/echo/mode'             | 'shared', 'exclusive'
			monitoring.monitor=both                   | at '/monitoring/monitor'           | 'none', 'service', 'pod'
			udpService.type=ExternalName              | at '/udpService/type'              | 'ClusterIP', 'NodePort'
			config.echo.port=0                        | at '/config/echo/port'             | got 0, want 1
			config.echo.port=65536                    | at '/config/echo/port'             | got 65
			http.port=0                               | at '/http/port'                    | got 0, want 1
			http.port=65536                           | at '/http/port'                    | got 65
			management.port=0                         | at '/management/port'              | got 0, want 1
			udpService.nodePort=65536                 | at '/udpService/nodePort'          | got 65
			config.echo.max-sessions=1000001          | at '/config/echo/max-sessions'     | got 1
			config.echo.session-idle=soon             | at '/config/echo/session-idle'     | does not match pattern
			config.echo.receive-buffer=big            | at '/config/echo/receive-buffer'   | does not match pattern
			config.echo.key=0123456789abcdef          | at '/config/echo/key'              | does not match pattern
			config.echo.second-key=0123456789abcdef   | at '/config/echo/second-key'       | does not match pattern
			config.echo.key=${KEY:0123456789abcdef}   | at '/config/echo/key'              | does not match pattern
			image.digest=sha256:0                     | at '/image/digest'                 | does not match pattern
			image.repository=                         | at '/image/repository'             | minLength
			""")
	void aWrongValueIsRejectedWithItsPlaceAndWhatIsWrong(String set, String place, String wrong) {
		assertThat(Chart.refusal("--set", set)).contains("specifications of the schema", place, wrong);
	}

	@ParameterizedTest
	@CsvSource({"commonLabels, app.kubernetes.io/name", "commonLabels, app.kubernetes.io/instance",
			"commonLabels, helm.sh/chart", "podLabels, app.kubernetes.io/component",
			"podLabels, app.kubernetes.io/instance", "monitoring.labels, app.kubernetes.io/managed-by",
			"podAnnotations, checksum/config"})
	void whatTheChartSetsItselfMayNotBeOverwritten(String key, String name) {
		assertThat(Chart.refusal("--set", "%s.%s=other".formatted(key, name.replace(".", "\\."))))
				.contains("'%s'".formatted(name));
	}

	@ParameterizedTest
	@CsvSource({"-a", "a.", "echo", "ad-hoc", "Dns"})
	void aNameThatNoTargetMayHaveIsRejected(String name) {
		assertThat(Chart.refusal("--set", "config.targets[0].name=%s,config.targets[0].address=a:1".formatted(name)))
				.contains("at '/config/targets/0/name'");
	}

	@Test
	void noObjectTakesAnyKey() throws IOException {
		List<String> open = new ArrayList<>();
		Schema.ofValues().walk("", (path, schema) -> {
			if (schema.isObject() && !isKeyword(path) && !schema.isClosed()) {
				open.add(path);
			}
		});
		assertThat(open).as("Helm gives every chart a key global; affinity and volumes are too large to repeat here")
				.containsExactlyInAnyOrder("/properties/volumes/items", "/properties/affinity/properties/nodeAffinity",
						"/properties/affinity/properties/podAffinity",
						"/properties/affinity/properties/podAntiAffinity", "/properties/global");
	}

	/**
	 * Below these there are schemas by name, or no schemas at all.
	 */
	private static boolean isKeyword(String path) {
		return List.of("properties", "definitions").contains(path.substring(path.lastIndexOf('/') + 1));
	}

	@Test
	void everyReferenceLeadsSomewhereAndEveryDefinitionIsUsed() throws IOException {
		Schema schema = Schema.ofValues();
		List<Object> references = new ArrayList<>();
		schema.walk("", (_, part) -> {
			if (part.content().get("$ref") instanceof String reference) {
				references.add(reference.replace("#/definitions/", ""));
			}
		});
		assertThat(references).hasSameElementsAs(List.<Object>copyOf(schema.definitions().keySet()));
	}

	@Test
	void theSchemaAndTheValuesHaveTheSameKeys() throws IOException {
		List<String> ofSchema = new ArrayList<>();
		Schema.ofValues().properties().forEach((key, schema) -> {
			ofSchema.add(key);
			schema.properties().keySet().forEach((below) -> ofSchema.add(key + "." + below));
		});
		ofSchema.removeIf((key) -> BEYOND_THE_VALUES.stream().anyMatch(key::startsWith));
		assertThat(keys(Yaml.file(Chart.DIRECTORY.resolve("values.yaml")))).containsAll(ofSchema);
	}

	private static List<String> keys(Map<String, Object> values) {
		List<String> keys = new ArrayList<>(values.keySet());
		values.forEach((key, value) -> {
			if (value instanceof Map) {
				Yaml.mapping(value).keySet().forEach((below) -> keys.add(key + "." + below));
			}
		});
		return keys;
	}

}
