package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
			@Schema(description = "Whether it resolves, and the policy lets datagrams go there") boolean allowed) {}

	/**
	 * Asks for all targets at once, because a name that does not resolve takes its time.
	 */
	@GetMapping("/targets")
	@Operation(summary = "The configured targets, the own echo server first")
	List<TargetView> targets() throws InterruptedException {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<TargetView>> views = new ArrayList<>();
			this.targets.all().forEach((target) -> views.add(() -> view(target)));
			return threads.invokeAll(views).stream().map(Future::resultNow).toList();
		}
	}

	private TargetView view(Target target) throws InterruptedException {
		return new TargetView(target.name(), target.address().toString(), this.addressing.allows(target));
	}

}
