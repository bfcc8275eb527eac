package dev.udpprobe.web;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.ProbeLog;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

/**
 * What HTTP answers: what came of an exchange, and problem details (RFC 9457) in this
 * service's vocabulary.
 */
final class Answers {

	static final Charset CHARSET = StandardCharsets.UTF_8;

	static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, CHARSET);

	private static final TypeReference<LinkedHashMap<String, Object>> PROPERTIES = new TypeReference<>() {
	};

	private static final JsonMapper PROBLEMS = JsonMapper.builder()
			.addModule(new SimpleModule().addSerializer(ProblemDetail.class, new ProblemSerializer()))
			.build();

	private Answers() {}

	/**
	 * @param form text makes it a line
	 */
	static ResponseEntity<?> exchange(SendResult result, AnswerForm form) {
		return exchange(result, form, null);
	}

	/**
	 * @param log of the datagrams that JSON is to tell; null if it is to tell none
	 */
	static ResponseEntity<?> exchange(SendResult result, AnswerForm form, @Nullable ProbeLog log) {
		if (form == AnswerForm.TEXT) {
			return text(status(result.outcome()), OutcomeText.line(result));
		}
		return (result.outcome() instanceof Outcome.Replied replied)
				? timed(replied).contentType(MediaType.APPLICATION_JSON).body(ExchangeView.of(result, log))
				: ResponseEntity.of(problem(result, status(result.outcome()), log)).build();
	}

	/**
	 * The reply itself, or what came instead.
	 * @param type of the reply
	 */
	static ResponseEntity<?> reply(SendResult result, MediaType type, AnswerForm form) {
		return (result.outcome() instanceof Outcome.Replied replied)
				? timed(replied).contentType(type).body(result.shown(replied.reply()))
				: exchange(result, form);
	}

	/**
	 * @return 200 if what came is good, and otherwise 503
	 */
	static ResponseEntity<?> check(SendResult result, AnswerForm form) {
		SendResult.Judged judged = result.judged();
		boolean pass = judged != null && judged.judgement().pass();
		HttpStatus status = pass ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
		if (form == AnswerForm.TEXT) {
			return text(status, OutcomeText.line(result));
		}
		return pass
				? ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(ExchangeView.of(result))
				: ResponseEntity.of(problem(result, status)).build();
	}

	static ResponseEntity<String> text(HttpStatusCode status, String line) {
		return ResponseEntity.status(status).contentType(TEXT).body(line + '\n');
	}

	/**
	 * @return a problem, or what else is an answer, as the JSON that is written
	 */
	static Object tree(Object answer) {
		return PROBLEMS.convertValue(answer, Object.class);
	}

	/**
	 * An exchange that was not replied to, with the fields of one that was.
	 */
	static ProblemDetail problem(SendResult result, HttpStatus status) {
		return problem(result, status, null);
	}

	private static ProblemDetail problem(SendResult result, HttpStatus status, @Nullable ProbeLog log) {
		ExchangeView view = ExchangeView.of(result, log);
		ProblemDetail problem = problem(status, view.outcome(), ResultText.detail(result));
		problem.setProperties(JsonMapper.shared().convertValue(view, PROPERTIES));
		return problem;
	}

	/**
	 * @param kind what a program tells problems apart by, for example {@code refused}
	 */
	static ProblemDetail problem(HttpStatus status, String kind, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:udp-probe:" + kind));
		problem.setTitle(kind);
		return problem;
	}

	/**
	 * @return the problem as a line; what a request said wrong may be in it
	 */
	static String line(ProblemDetail problem) {
		return ReplyText.printable(problem.getTitle() + ": " + problem.getDetail());
	}

	/**
	 * Writes a problem where no handler does.
	 * @param path that was asked for
	 */
	static void write(ProblemDetail problem, String path, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		AuditFilter.outcome(request, problem);
		response.setStatus(problem.getStatus());
		byte[] body;
		if (AnswerForm.of(request) == AnswerForm.TEXT) {
			response.setContentType(TEXT.toString());
			body = line(problem).getBytes(StandardCharsets.UTF_8);
		}
		else {
			problem.setInstance(instance(path));
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			body = PROBLEMS.writeValueAsBytes(problem);
		}
		response.getOutputStream().write(body);
		response.getOutputStream().write('\n');
	}

	/**
	 * @return null if Tomcat has let through what is no URI
	 */
	private static @Nullable URI instance(String path) {
		try {
			return new URI(path);
		}
		catch (URISyntaxException _) {
			return null;
		}
	}

	/**
	 * The times as Server-Timing, in milliseconds; where the body is the reply, no field can
	 * tell them.
	 */
	private static ResponseEntity.BodyBuilder timed(Outcome.Replied replied) {
		RoundTrip roundTrip = replied.roundTrip();
		return ResponseEntity.ok()
				.header("Server-Timing", String.format(Locale.ROOT, "udp;dur=%.3f;desc=%s, overhead;dur=%.3f",
						roundTrip.nanos() / 1e6, roundTrip.clock().label(), roundTrip.overheadNanos() / 1e6));
	}

	private static HttpStatus status(Outcome outcome) {
		return switch (outcome) {
			case Outcome.Replied _ -> HttpStatus.OK;
			case Outcome.Refused _,Outcome.Unreachable _,Outcome.Expired _,Outcome.Misaddressed _,Outcome.Mismatched _,Outcome.NotSent _,Outcome.Unresolved _ ->
				HttpStatus.BAD_GATEWAY;
			case Outcome.TooBig _ -> HttpStatus.CONTENT_TOO_LARGE;
			case Outcome.TimedOut _ -> HttpStatus.GATEWAY_TIMEOUT;
		};
	}

}
