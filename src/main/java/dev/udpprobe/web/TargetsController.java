package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.probe.Sender;
import dev.udpprobe.probe.Targets;
import dev.udpprobe.target.Target;

/**
 * {@code GET /targets}: the configured targets.
 */
@RestController
class TargetsController {

	private final Targets targets;

	private final Sender sender;

	TargetsController(Targets targets, Sender sender) {
		this.targets = targets;
		this.sender = sender;
	}

	/**
	 * A target as JSON.
	 */
	@Schema(name = "Target")
	record TargetView(@Schema(example = "echo") String name, @Schema(example = "127.0.0.1:7007") String address,
			@Schema(description = "Whether it resolves, and the policy lets datagrams go there") boolean allowed) {}

	@GetMapping("/targets")
	@Operation(summary = "The configured targets, the own echo server first")
	List<TargetView> targets() throws InterruptedException {
		List<TargetView> views = new ArrayList<>();
		for (Target target : this.targets.all()) {
			views.add(new TargetView(target.name(), target.address().toString(), this.sender.allows(target)));
		}
		return views;
	}

}
