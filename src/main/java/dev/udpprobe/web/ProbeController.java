package dev.udpprobe.web;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Right;
import dev.udpprobe.metrics.ProbeExposition;
import dev.udpprobe.probe.Await;
import dev.udpprobe.probe.Probe;
import dev.udpprobe.probe.Prober;
import dev.udpprobe.probe.UnknownModuleException;

/**
 * {@code GET /probe}: one probe for Prometheus, by the conventions of blackbox_exporter, down to the order of its checks and the
 * texts of its errors. A probe that failed is an answer like any other.
 */
@RestController
class ProbeController {

	private static final String MISSING = "Target parameter is missing";

	private final Prober prober;

	ProbeController(Prober prober) {
		this.prober = prober;
	}

	@GetMapping("/probe")
	@Needs(Right.ASK)
	@ProbeApi.Probe
	void probe(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
		Fields fields = RequestReader.query(request, Field.Request.PROBE);
		Prober.Request asked = Requests.probe(fields);
		boolean debug = Boolean.TRUE.equals(fields.truth(Field.DEBUG));
		this.prober.checkModule(asked.module());
		Duration limit = ScrapeTimeout.of(request);
		if (asked.target() == null) {
			throw new MissingTargetException();
		}
		Probe probe = Await.result(this.prober.probe(asked, limit));
		AuditFilter.outcome(request, probe.result());
		response.setContentType(debug ? Answers.TEXT.toString() : ProbeExposition.contentType());
		String text = debug ? ProbeText.debug(probe) : ProbeExposition.of(probe);
		response.getOutputStream().write(text.getBytes(Answers.CHARSET));
	}

	/**
	 * Nobody says whom to probe.
	 */
	private static final class MissingTargetException extends RuntimeException {

		private MissingTargetException() {
			super(MISSING);
		}

	}

	@ExceptionHandler
	ResponseEntity<String> handle(UnknownModuleException ex) {
		return Answers.text(HttpStatus.BAD_REQUEST, "Unknown module " + GoText.quoted(ex.module()));
	}

	@ExceptionHandler
	ResponseEntity<String> handle(MissingTargetException ex) {
		return Answers.text(HttpStatus.BAD_REQUEST, MISSING);
	}

	@ExceptionHandler
	ResponseEntity<String> handle(ScrapeTimeout.WrongTimeoutException ex) {
		return Answers.text(HttpStatus.INTERNAL_SERVER_ERROR, String.valueOf(ex.getMessage()));
	}

}
