package dev.udpprobe.web;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.ErrorResponseException;

import dev.udpprobe.access.Right;
import dev.udpprobe.probe.Probe;
import dev.udpprobe.probe.ProbeHistory;
import dev.udpprobe.probe.ResultText;

/**
 * {@code GET /probes}: the last probes of {@code /probe}, and those that failed before them.
 */
@RestController
class ProbesController {

	private final ProbeHistory history;

	ProbesController(ProbeHistory history) {
		this.history = history;
	}

	/**
	 * A probe as JSON, in a list.
	 */
	@Schema(name = "Probe")
	record ProbeView(@Schema(description = "Its number since the start of the service", example = "17") long id,
			@Schema(description = "When it began") Instant time, @Schema(example = "127.0.0.1:53") String target,
			@Schema(example = "dns") String module,
			@Schema(description = "Whether what came is good") boolean success,
			@Schema(description = "What came of it", example = "replied") String outcome,
			@Schema(description = "How long it took, with the look-up of the name", example = "1.234") double durationMillis,
			@Schema(description = "What came of it, in a sentence") String detail) {

		static ProbeView of(ProbeHistory.Numbered numbered) {
			Probe probe = numbered.probe();
			return new ProbeView(numbered.id(), probe.begun(), probe.target(), probe.module(), probe.success(),
					probe.result().outcome().kind().label(), Math.round(probe.duration().toNanos() / 1e3) / 1e3,
					ResultText.detail(probe.result()));
		}

		private String line(String format) {
			return format.formatted(String.valueOf(this.id), TimeText.of(this.time),
					this.success ? "pass" : "fail", this.module, ReplyText.printable(this.detail));
		}

	}

	/**
	 * A probe as JSON, with all that is known of it.
	 */
	@Schema(name = "ProbeWithLog")
	record LoggedView(ProbeView probe, ExchangeView exchange,
			@Schema(description = "A line for each step, with its time since the probe began") List<String> log) {

		static LoggedView of(ProbeHistory.Numbered numbered) {
			return new LoggedView(ProbeView.of(numbered), ExchangeView.of(numbered.probe().result()),
					ProbeText.log(numbered.probe()).stream().map(String::strip).toList());
		}

	}

	@GetMapping("/probes")
	@Needs(Right.VIEW)
	@Operation(tags = OpenApiConfiguration.LOOK, summary = "Lists the last probes of /probe, and the last ones that failed, the newest first")
	@Gives({Response.PROBES, Response.BODY, Response.HOST})
	ResponseEntity<?> probes(HttpServletRequest request) {
		List<ProbeView> probes = this.history.all().stream().map(ProbeView::of).toList();
		return (AnswerForm.of(request) == AnswerForm.TEXT)
				? Answers.text(HttpStatus.OK, table(probes))
				: ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(probes);
	}

	static String table(List<ProbeView> probes) {
		int width = probes.stream().mapToInt((probe) -> probe.module().length()).max().orElse(0);
		String format = "%%8s  %%-24s  %%-7s  %%-%ds  %%s".formatted(Math.max(width, "module".length()));
		return Stream.concat(Stream.of(format.formatted("id", "time", "verdict", "module", "what came of it")),
				probes.stream().map((probe) -> probe.line(format))).collect(Collectors.joining("\n"));
	}

	@GetMapping("/probes/{id}")
	@Needs(Right.VIEW)
	@Operation(tags = OpenApiConfiguration.LOOK, summary = "Tells how a probe went, step by step")
	@Gives({Response.PROBE, Response.BODY, Response.NO_PROBE, Response.HOST})
	ResponseEntity<?> probe(
			@Parameter(description = "The number of a probe, as the list has it", example = "1") @PathVariable String id,
			HttpServletRequest request) {
		ProbeHistory.Numbered found = find(id);
		return (AnswerForm.of(request) == AnswerForm.TEXT)
				? ResponseEntity.ok().contentType(Answers.TEXT).body(ProbeText.debug(found.probe()))
				: ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
						.body(LoggedView.of(found));
	}

	private ProbeHistory.Numbered find(String id) {
		return Stream.of(id)
				.filter((text) -> text.matches("[0-9]{1,18}"))
				.flatMap((text) -> this.history.find(Long.parseLong(text)).stream())
				.findFirst()
				.orElseThrow(() -> new ErrorResponseException(HttpStatus.NOT_FOUND,
						Answers.problem(HttpStatus.NOT_FOUND, "no-probe",
								"there is no such probe, or it is no longer kept; GET /probes lists them"),
						null));
	}

}
