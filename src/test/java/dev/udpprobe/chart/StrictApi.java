package dev.udpprobe.chart;

import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.Probe;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;

/**
 * Takes an object as strictly as an API server with strict field validation: no unknown
 * field, no wrong type, none missing.
 */
final class StrictApi {

	private static final Map<String, Class<?>> BUILT_IN = Map.of("v1 ConfigMap", V1ConfigMap.class, "v1 Pod",
			V1Pod.class, "v1 Service", V1Service.class, "v1 ServiceAccount", V1ServiceAccount.class,
			"apps/v1 DaemonSet", V1DaemonSet.class, "apps/v1 Deployment", V1Deployment.class,
			"autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class,
			"networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class, "policy/v1 PodDisruptionBudget",
			V1PodDisruptionBudget.class);

	private static final Map<String, Class<?>> OPERATOR = Map.of("monitoring.coreos.com/v1 PodMonitor",
			PodMonitor.class, "monitoring.coreos.com/v1 Probe", Probe.class,
			"monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class,
			"monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class);

	private static final ObjectMapper JACKSON = jackson();

	private StrictApi() {}

	/**
	 * @return the object as the API's model of it
	 * @throws IllegalArgumentException if it is not as the API wants it
	 */
	static Object read(Manifest manifest) {
		String type = manifest.text("$.apiVersion") + " " + manifest.kind();
		Class<?> builtIn = BUILT_IN.get(type);
		Class<?> operator = OPERATOR.get(type);
		if (builtIn != null) {
			JsonElement element = JSON.getGson().toJsonTree(manifest.content());
			return JSON.getGson().fromJson(element, builtIn);
		}
		if (operator != null) {
			return JACKSON.convertValue(manifest.content(), operator);
		}
		throw new IllegalArgumentException("There is no model for " + type);
	}

	private static ObjectMapper jackson() {
		JsonMapper.Builder builder = JsonMapper.builder()
				.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
				.annotationIntrospector(new WithoutAdditionalProperties());
		for (CoercionInputShape shape : new CoercionInputShape[]{CoercionInputShape.Boolean,
				CoercionInputShape.Integer, CoercionInputShape.Float}) {
			builder.withCoercionConfig(LogicalType.Textual,
					(config) -> config.setCoercion(shape, CoercionAction.Fail));
		}
		return builder.build();
	}

	/**
	 * The models keep unknown fields; without a place for them Jackson rejects them.
	 */
	private static final class WithoutAdditionalProperties extends JacksonAnnotationIntrospector {

		@Override
		public Boolean hasAnySetter(Annotated annotated) {
			return false;
		}

	}

}
