package dev.udpprobe.web;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.SendResult;

/**
 * What HTTP answers: what came of an exchange, and problem details (RFC 9457) in this
 * service's vocabulary.
 */
final class Answers {

	private static final TypeReference<LinkedHashMap<String, Object>> PROPERTIES = new TypeReference<>() {
	};

	private static final JsonMapper PROBLEMS = JsonMapper.builder()
			.addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
			.build();

	private Answers() {}

	static ResponseEntity<?> json(SendResult result) {
		return (result.outcome() instanceof Outcome.Replied replied)
				? timed(replied).contentType(MediaType.APPLICATION_JSON).body(ExchangeView.of(result))
				: problem(result);
	}

	/**
	 * @param type of the reply
	 */
	static ResponseEntity<?> reply(SendResult result, MediaType type) {
		return (result.outcome() instanceof Outcome.Replied replied)
				? timed(replied).contentType(type).body(replied.reply())
				: problem(result);
	}

	/**
	 * An exchange that was not replied to, with the fields of one that was.
	 */
	static ResponseEntity<ProblemDetail> problem(SendResult result) {
		ExchangeView view = ExchangeView.of(result);
		ProblemDetail problem = problem(status(result.outcome()), view.outcome(), OutcomeText.detail(result));
		problem.setProperties(JsonMapper.shared().convertValue(view, PROPERTIES));
		return ResponseEntity.of(problem).build();
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
	 * Writes a problem where no handler does.
	 * @param path that was asked for
	 */
	static void write(ProblemDetail problem, String path, HttpServletResponse response) throws IOException {
		problem.setInstance(instance(path));
		response.setStatus(problem.getStatus());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(PROBLEMS.writeValueAsBytes(problem));
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
			case Outcome.Refused _,Outcome.Unreachable _,Outcome.Expired _,Outcome.Misaddressed _,Outcome.NotSent _,Outcome.Unresolved _ ->
				HttpStatus.BAD_GATEWAY;
			case Outcome.TooBig _ -> HttpStatus.CONTENT_TOO_LARGE;
			case Outcome.TimedOut _ -> HttpStatus.GATEWAY_TIMEOUT;
		};
	}

}
