package dev.udpprobe.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import dev.udpprobe.access.AskLimits;
import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.exchange.LocalPortBusyException;
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
	@Nullable
	ResponseEntity<Object> handle(BadRequestException ex, WebRequest request) {
		return badRequest(ex.field(), ex, request);
	}

	@ExceptionHandler
	@Nullable
	ResponseEntity<Object> handle(LocalPortException ex, WebRequest request) {
		return badRequest(Field.SOURCE_PORT.label(), ex, request);
	}

	private @Nullable ResponseEntity<Object> badRequest(String field, RuntimeException ex, WebRequest request) {
		ProblemDetail problem = Answers.problem(HttpStatus.BAD_REQUEST, "bad-request",
				field + ": " + ex.getMessage());
		problem.setProperty("field", field);
		return answer(ex, problem, request);
	}

	@ExceptionHandler
	@Nullable
	ResponseEntity<Object> handle(NoDetailException ex, WebRequest request) {
		String option = ex.option();
		ProblemDetail problem = Answers.problem(HttpStatus.NOT_IMPLEMENTED, "unsupported",
				"%s needs detail of the kernel that is not available here: %s".formatted(
						(option != null) ? option : "this",
						ex.getMessage()));
		if (option != null) {
			problem.setProperty("field", option);
		}
		return answer(ex, problem, request);
	}

	@ExceptionHandler
	@Nullable
	ResponseEntity<Object> handle(ForbiddenTargetException ex, WebRequest request) {
		return answer(ex, HttpStatus.FORBIDDEN, "forbidden-target", request);
	}

	@ExceptionHandler
	@Nullable
	ResponseEntity<Object> handle(RequestReader.BodyTooLongException ex, WebRequest request) {
		ProblemDetail problem = Answers.problem(HttpStatus.CONTENT_TOO_LARGE, Outcome.Kind.TOO_BIG.label(),
				String.valueOf(ex.getMessage()));
		problem.setProperty("outcome", Outcome.Kind.TOO_BIG.label());
		return answer(ex, problem, request);
	}

	@ExceptionHandler
	@Nullable
	ResponseEntity<Object> handle(RequestReader.BodyTooSlowException ex, WebRequest request) {
		return answer(ex, HttpStatus.REQUEST_TIMEOUT, "slow-body", request);
	}

	@ExceptionHandler({
			SaturatedException.class, LocalPortBusyException.class, BodyBudget.ExhaustedException.class})
	@Nullable
	ResponseEntity<Object> saturated(RuntimeException ex, WebRequest request) {
		return answer(ex, HttpStatus.SERVICE_UNAVAILABLE, "saturated", request);
	}

	@ExceptionHandler
	@Nullable
	ResponseEntity<Object> handle(AskLimits.ExceededException ex, WebRequest request) {
		return answer(ex, HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", request);
	}

	private @Nullable ResponseEntity<Object> answer(RuntimeException ex, HttpStatus status, String kind,
			WebRequest request) {
		return answer(ex, Answers.problem(status, kind, String.valueOf(ex.getMessage())), request);
	}

	private @Nullable ResponseEntity<Object> answer(RuntimeException ex, ProblemDetail problem, WebRequest request) {
		AuditFilter.outcome(((ServletWebRequest) request).getRequest(), problem);
		HttpHeaders headers = new HttpHeaders();
		if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()
				|| problem.getStatus() == HttpStatus.TOO_MANY_REQUESTS.value()) {
			headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		return handleExceptionInternal(ex, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
	}

	/**
	 * For what the framework finds, too.
	 */
	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		if (body instanceof ProblemDetail problem
				&& AnswerForm.of(((ServletWebRequest) request).getRequest()) == AnswerForm.TEXT) {
			return ResponseEntity.status(status)
					.headers(headers)
					.contentType(Answers.TEXT)
					.body(Answers.line(problem) + '\n');
		}
		return super.createResponseEntity(body, headers, status, request);
	}

}
