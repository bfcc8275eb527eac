package dev.udpprobe.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.exchange.LocalPortException;
import dev.udpprobe.exchange.NoDetailException;
import dev.udpprobe.exchange.SaturatedException;
import dev.udpprobe.outcome.Outcome;

/**
 * Answers what a request did wrong; the base class does so for what the framework finds.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final String RETRY_AFTER_SECONDS = "1";

	@ExceptionHandler
	ProblemDetail handle(BadRequestException ex) {
		return badRequest(ex.field(), ex);
	}

	@ExceptionHandler
	ProblemDetail handle(LocalPortException ex) {
		return badRequest(Field.SOURCE_PORT.label(), ex);
	}

	private static ProblemDetail badRequest(String field, RuntimeException ex) {
		ProblemDetail problem = Answers.problem(HttpStatus.BAD_REQUEST, "bad-request",
				field + ": " + ex.getMessage());
		problem.setProperty("field", field);
		return problem;
	}

	@ExceptionHandler
	ProblemDetail handle(NoDetailException ex) {
		String option = ex.option();
		ProblemDetail problem = Answers.problem(HttpStatus.NOT_IMPLEMENTED, "unsupported",
				"%s needs detail of the kernel that is not available here: %s".formatted(
						(option != null) ? option : "this",
						ex.getMessage()));
		if (option != null) {
			problem.setProperty("field", option);
		}
		return problem;
	}

	@ExceptionHandler
	ProblemDetail handle(ForbiddenTargetException ex) {
		return Answers.problem(HttpStatus.FORBIDDEN, "forbidden-target", String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail handle(RequestReader.BodyTooLongException ex) {
		ProblemDetail problem = Answers.problem(HttpStatus.CONTENT_TOO_LARGE, Outcome.Kind.TOO_BIG.label(),
				String.valueOf(ex.getMessage()));
		problem.setProperty("outcome", Outcome.Kind.TOO_BIG.label());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail handle(RequestReader.BodyTooSlowException ex) {
		return Answers.problem(HttpStatus.REQUEST_TIMEOUT, "slow-body", String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler({SaturatedException.class, BodyBudget.ExhaustedException.class})
	ResponseEntity<ProblemDetail> saturated(RuntimeException ex) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
				.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
				.body(Answers.problem(HttpStatus.SERVICE_UNAVAILABLE, "saturated", String.valueOf(ex.getMessage())));
	}

}
