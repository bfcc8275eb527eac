package dev.udpprobe.web;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.probe.Addressing;

/**
 * {@code GET /targets}: the configured targets.
 */
@RestController
class TargetsController {

	private final Targets targets;

	private final Addressing addressing;

	TargetsController(Targets targets, Addressing addressing) {
		this.targets = targets;
		this.addressing = addressing;
	}

	/**
	 * A target as JSON.
	 */
	@Schema(name = "Target")
	record TargetView(@Schema(example = "echo") String name, @Schema(example = "127.0.0.1:7007") String address,
			@Schema(description = "Whether it resolves within client.timeout, and may be sent to") boolean allowed) {}

	/**
	 * Asks for all targets at once, because a name that does not resolve takes its time.
	 */
	@GetMapping("/targets")
	@Operation(summary = "The configured targets, the own echo server first")
	List<TargetView> targets() {
		return this.targets.all().stream().map(this::view).toList().stream().map(CompletableFuture::join).toList();
	}

	private CompletableFuture<TargetView> view(Target target) {
		return this.addressing.allows(target)
				.thenApply((allowed) -> new TargetView(target.name(), target.address().toString(), allowed));
	}

}
