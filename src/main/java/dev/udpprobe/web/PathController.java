package dev.udpprobe.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Right;
import dev.udpprobe.path.PathMtu;
import dev.udpprobe.path.Trace;
import dev.udpprobe.probe.PathProber;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.probe.UnsentException;

/**
 * {@code POST /trace} and {@code POST /mtu}: what is between here and a target.
 */
@RestController
class PathController {

	private static final Log logger = LogFactory.getLog(PathController.class);

	private final RequestReader reader;

	private final PathProber prober;

	PathController(RequestReader reader, PathProber prober) {
		this.reader = reader;
		this.prober = prober;
	}

	/**
	 * @return null if the answer was written already
	 */
	@PostMapping(path = "/trace", consumes = {MediaType.APPLICATION_JSON_VALUE,
			MediaType.APPLICATION_FORM_URLENCODED_VALUE})
	@Needs(Right.ASK)
	@PathApi.Trace
	@Nullable
	ResponseEntity<?> trace(HttpServletRequest request, HttpServletResponse response)
			throws IOException, InterruptedException {
		Fields fields = this.reader.fields(request, Field.Request.TRACE);
		PathProber.Request asked = Requests.path(fields);
		int maxHops = fields.count(Field.MAX_HOPS);
		int maxSilent = fields.count(Field.MAX_SILENT);
		try (PathProber.Path path = this.prober.openTrace(asked)) {
			AuditFilter.target(request, ResultText.name(path.target()));
			AuditFilter.outcome(request, trace(path, maxHops, maxSilent, AnswerForm.of(request), response));
			return null;
		}
		catch (UnsentException ex) {
			AuditFilter.outcome(request, ex.result());
			return Answers.exchange(ex.result(), AnswerForm.of(request));
		}
	}

	/**
	 * @return how it ended
	 */
	private static String trace(PathProber.Path path, int maxHops, int maxSilent, AnswerForm form,
			HttpServletResponse response) throws IOException, InterruptedException {
		AnswerLines lines = AnswerLines.of(form, response);
		try {
			lines.head(() -> HopView.HEADINGS);
			Trace.End end = path.trace(maxHops, maxSilent, (hop) -> {
				HopView view = HopView.of(hop);
				lines.line(view, view::line);
			});
			TraceEndView view = TraceEndView.of(path.result(end.outcome()), end);
			lines.line(view, view::detail);
			return end.outcome().kind().label();
		}
		catch (AnswerLines.ClientLeftException ex) {
			logger.debug("the client of /trace has left", ex);
			return AuditFilter.CLIENT_LEFT;
		}
	}

	@PostMapping(path = "/mtu", consumes = {MediaType.APPLICATION_JSON_VALUE,
			MediaType.APPLICATION_FORM_URLENCODED_VALUE})
	@Needs(Right.ASK)
	@PathApi.Mtu
	ResponseEntity<?> mtu(HttpServletRequest request) throws IOException, InterruptedException {
		Fields fields = this.reader.fields(request, Field.Request.MTU);
		try (PathProber.Path path = this.prober.openMtu(Requests.path(fields))) {
			PathMtu mtu = path.mtu();
			SendResult result = path.result(mtu.outcome(), mtu.elapsed());
			AuditFilter.outcome(request, result);
			AnswerForm form = AnswerForm.of(request);
			if (!mtu.isKnown()) {
				return Answers.exchange(result, form);
			}
			MtuView view = MtuView.of(result, mtu);
			return (form == AnswerForm.TEXT)
					? Answers.text(HttpStatus.OK, view.table())
					: ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(view);
		}
		catch (UnsentException ex) {
			AuditFilter.outcome(request, ex.result());
			return Answers.exchange(ex.result(), AnswerForm.of(request));
		}
	}

}
