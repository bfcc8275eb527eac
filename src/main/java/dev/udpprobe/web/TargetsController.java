package dev.udpprobe.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Right;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.MonitoredTarget;
import dev.udpprobe.monitor.TargetStatus;
import dev.udpprobe.probe.Addressing;

/**
 * {@code GET /targets}: the named targets, and what the monitor knows of them.
 */
@RestController
class TargetsController {

	private static final String TOTAL = "X-Total-Count";

	private final Monitor monitor;

	private final Addressing addressing;

	TargetsController(Monitor monitor, Addressing addressing) {
		this.monitor = monitor;
		this.addressing = addressing;
	}

	@GetMapping("/targets")
	@Needs(Right.VIEW)
	@Operation(tags = OpenApiConfiguration.LOOK, summary = "Lists the named targets and how they are, the own echo server first")
	@Takes(Field.Request.TARGETS)
	@Gives({Response.TARGETS, Response.BAD_QUERY, Response.BODY, Response.HOST})
	ResponseEntity<?> targets(HttpServletRequest request) {
		Fields fields = RequestReader.query(request, Field.Request.TARGETS);
		TargetQuery.Page page = new TargetQuery(fields).page(this.monitor.targets());
		PageLinks links = page.links();
		List<TargetTable.Judged> targets = judge(page.targets());
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
				.header(TOTAL, String.valueOf(page.total()))
				.header(HttpHeaders.LINK, links.header());
		if (AnswerForm.of(request) != AnswerForm.TEXT) {
			return answer.contentType(MediaType.APPLICATION_JSON)
					.body(targets.stream().map((target) -> TargetView.of(target.status(), target.allowed())).toList());
		}
		String more = links.hasNext()
				? String.format(Locale.ROOT, "%,d of %,d; and more: %s%s\n", targets.size(), page.total(),
						request.getRequestURI(), links.next())
				: "";
		return answer.contentType(Answers.TEXT).body(TargetTable.of(targets, Instant.now()) + '\n' + more);
	}

	@GetMapping("/targets/{name}")
	@Needs(Right.VIEW)
	@Operation(tags = OpenApiConfiguration.LOOK, summary = "Tells how a target is, and what is remembered of it")
	@Gives({Response.TARGET, Response.BODY, Response.UNKNOWN_TARGET, Response.HOST})
	ResponseEntity<?> target(
			@Parameter(description = "The name of a target, as the list has it", example = Samples.NAME) @PathVariable String name,
			HttpServletRequest request) {
		MonitoredTarget found = this.monitor.find(name)
				.orElseThrow(() -> new ErrorResponseException(HttpStatus.NOT_FOUND, Answers.problem(
						HttpStatus.NOT_FOUND, "no-target", "there is no such target; GET /targets lists them"), null));
		TargetTable.Judged target = judge(List.of(found.status())).getFirst();
		return (AnswerForm.of(request) == AnswerForm.TEXT)
				? ResponseEntity.ok()
						.contentType(Answers.TEXT)
						.body(TargetText.of(target, found.history(), Instant.now()))
				: ResponseEntity.ok()
						.contentType(MediaType.APPLICATION_JSON)
						.body(TargetDetailsView.of(target.status(), found.history(), target.allowed()));
	}

	/**
	 * Asks for all of them at once, because a name that does not resolve takes its time.
	 */
	private List<TargetTable.Judged> judge(List<TargetStatus> targets) {
		List<CompletableFuture<Boolean>> allowed = targets.stream()
				.map((status) -> this.addressing.allows(status.spec().target()))
				.toList();
		return IntStream.range(0, targets.size())
				.mapToObj((i) -> new TargetTable.Judged(targets.get(i), allowed.get(i).join()))
				.toList();
	}

}
