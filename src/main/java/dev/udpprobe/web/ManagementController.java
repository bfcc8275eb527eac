package dev.udpprobe.web;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Right;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.module.Reloading;

/**
 * What programs of Prometheus' family have below {@code /-/}.
 */
@RestController
@Hidden
class ManagementController {

	private final Reloading modules;

	private final ExchangeEngine engine;

	ManagementController(Reloading modules, ExchangeEngine engine) {
		this.modules = modules;
		this.engine = engine;
	}

	@RequestMapping(path = "/-/reload", method = {RequestMethod.POST, RequestMethod.PUT})
	@Needs(Right.MANAGE)
	ResponseEntity<String> reload() {
		return this.modules.reload()
				// It may have values in it that are nobody's to see.
				.map((_) -> Answers.text(HttpStatus.INTERNAL_SERVER_ERROR,
						"failed to reload config: the log says why"))
				.orElseGet(() -> ResponseEntity.ok().build());
	}

	@GetMapping("/-/healthy")
	@Open
	ResponseEntity<String> healthy() {
		boolean healthy = this.engine.isAlive();
		return ResponseEntity.status(healthy ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
				.contentType(Answers.TEXT)
				.body(healthy ? "Healthy" : "Unhealthy");
	}

}
