package dev.udpprobe.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Right;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.TargetSpec;

/**
 * {@code GET /discovery/targets}: the named targets for Prometheus' {@code http_sd}, which takes JSON alone.
 */
@RestController
class DiscoveryController {

	private static final String META = "__meta_udp_probe_";

	/** What the name of a label cannot have. */
	private static final Pattern UNFIT = Pattern.compile("[^a-zA-Z0-9_]");

	private final Monitor monitor;

	DiscoveryController(Monitor monitor) {
		this.monitor = monitor;
	}

	/**
	 * A target as Prometheus reads it.
	 */
	@Schema(name = "TargetGroup")
	record GroupView(@Schema(description = "One, as it is configured") List<String> targets,
			@Schema(description = "Its name, its module, its interval, and its own labels") Map<String, String> labels) {

		static GroupView of(TargetSpec spec) {
			Map<String, String> labels = new LinkedHashMap<>();
			labels.put(META + "name", spec.name());
			String module = TargetQuery.module(spec);
			if (module != null) {
				labels.put(META + "module", module);
			}
			labels.put(META + "interval", TimeText.of(spec.rounds().interval()));
			spec.labels().forEach((name, value) -> labels
					.put(META + "label_" + UNFIT.matcher(name).replaceAll("_"), value));
			return new GroupView(List.of(spec.target().address().toString()), labels);
		}

	}

	@GetMapping("/discovery/targets")
	@Needs(Right.VIEW)
	@Operation(tags = OpenApiConfiguration.LOOK, summary = "Lists the named targets for Prometheus' http_sd")
	@Takes(Field.Request.DISCOVERY)
	@Gives({Response.GROUPS, Response.BAD_LABEL, Response.BODY, Response.HOST})
	ResponseEntity<?> targets(HttpServletRequest request) {
		TargetQuery query = new TargetQuery(RequestReader.query(request, Field.Request.DISCOVERY));
		return ResponseEntity.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.body(this.monitor.targets().stream()
						.map(MonitoredTarget::spec)
						.filter(query::wants)
						.map(GroupView::of)
						.toList());
	}

}
