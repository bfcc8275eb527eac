package dev.udpprobe.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.swagger.v3.oas.annotations.Operation;

/**
 * What the OpenAPI description says of probing.
 */
final class ProbeApi {

	private ProbeApi() {}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(tags = OpenApiConfiguration.PROBE, summary = "Probes a target once, and answers metrics for Prometheus", description = """
			The conventions are those of blackbox_exporter: a probe that failed is answered by 200 and `probe_success 0`. The \
			settings of the module stand beside the other parameters, each as `module.` and its name.""")
	@Takes(Field.Request.PROBE)
	@Gives({Response.METRICS, Response.UNKNOWN_MODULE, Response.NO_TARGET, Response.WRONG_TIMEOUT,
			Response.FORBIDDEN_PROBE, Response.SATURATED_PROBE, Response.BODY, Response.HOST, Response.CROSS_SITE})
	@interface Probe {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(tags = OpenApiConfiguration.PROBE, summary = "Says whether a UDP service is alive: 200 or 503", description = """
			For those that can only ask HTTP, such as a kubelet or a load balancer. Who asks the same while it is under way gets \
			the same answer.""")
	@Takes(Field.Request.CHECK)
	@Gives({Response.ALIVE, Response.DEAD, Response.SATURATED, Response.BODY})
	@Gives.WrongRequest
	@interface Check {
	}

}
