package dev.udpprobe.web;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
	@Operation(tags = OpenApiConfiguration.LOOK, summary = "Lists the configured targets, the own echo server first")
	@Gives({Response.TARGETS, Response.BODY, Response.HOST})
	ResponseEntity<?> targets(HttpServletRequest request) {
		List<TargetView> targets = this.targets.all()
				.stream()
				.map(this::view)
				.toList()
				.stream()
				.map(CompletableFuture::join)
				.toList();
		return (AnswerForm.of(request) == AnswerForm.TEXT)
				? Answers.text(HttpStatus.OK, table(targets))
				: ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(targets);
	}

	static String table(List<TargetView> targets) {
		String format = "%%-%ds  %%-%ds  %%s".formatted(width(targets, "name", TargetView::name),
				width(targets, "address", TargetView::address));
		Stream<String> rows = targets.stream()
				.map((target) -> format.formatted(target.name(), target.address(), target.allowed() ? "yes" : "no"));
		return Stream.concat(Stream.of(format.formatted("name", "address", "allowed")), rows)
				.collect(Collectors.joining("\n"));
	}

	private static int width(List<TargetView> targets, String heading, Function<TargetView, String> column) {
		return Stream.concat(Stream.of(heading), targets.stream().map(column)).mapToInt(String::length).max()
				.orElseThrow();
	}

	private CompletableFuture<TargetView> view(Target target) {
		return this.addressing.allows(target)
				.thenApply((allowed) -> new TargetView(target.name(), target.address().toString(), allowed));
	}

}
