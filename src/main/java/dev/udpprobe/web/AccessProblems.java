package dev.udpprobe.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Accounts;
import dev.udpprobe.access.CredentialsException;
import dev.udpprobe.access.Right;

/**
 * What somebody is told who does not get in, or may not do what is asked.
 */
final class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final String REALM = "realm=\"udp-probe\"";

	static final String BEARER = "Bearer " + REALM;

	private final Accounts accounts;

	private final HandlerRights rights;

	AccessProblems(Accounts accounts, HandlerRights rights) {
		this.accounts = accounts;
		this.rights = rights;
	}

	/**
	 * Somebody without an account asks for what not everybody may.
	 */
	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException {
		if (!this.accounts.isConfigured()) {
			deny(nobody(request), request, response);
			return;
		}
		if (leadsToSignIn(request)) {
			response.setStatus(HttpStatus.SEE_OTHER.value());
			response.setHeader(HttpHeaders.LOCATION, SignInController.from(RequestReader.path(request)));
			return;
		}
		challenge("", request, response);
		write(HttpStatus.UNAUTHORIZED, "unauthenticated",
				"this takes an account with the right to %s: show its token, or its name and its password"
						.formatted(right(request)),
				request, response);
	}

	private String nobody(HttpServletRequest request) {
		return this.rights.of(request) == Right.MANAGE
				? "without accounts, the service is managed from its own host alone, and not by a proxy"
				: "everybody may do only what udp-probe.security.everybody says, which is not to " + right(request);
	}

	private String right(HttpServletRequest request) {
		Right right = this.rights.of(request);
		return (right != null) ? right.label() : "";
	}

	/**
	 * Whoever opens a page gets one where people sign in.
	 */
	private boolean leadsToSignIn(HttpServletRequest request) {
		String path = RequestReader.path(request);
		return HttpMethod.GET.matches(request.getMethod())
				&& (path.equals("/") || path.equals("/swagger-ui.html")
						|| BrowserFilter.isAtOrBelow("/swagger-ui", path))
				&& this.accounts.anyPassword() != null
				&& String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_HTML_VALUE);
	}

	/**
	 * Somebody with an account that has not the right.
	 */
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex)
			throws IOException {
		Account account = Asker.account();
		deny("the account %s has no right to %s".formatted((account != null) ? account : "", right(request)), request,
				response);
	}

	private static void deny(String detail, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		write(HttpStatus.FORBIDDEN, "not-permitted", detail, request, response);
	}

	/**
	 * Somebody shows what nobody has, or too often.
	 */
	void refuse(CredentialsException refusal, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		AuditFilter.signsIn(request, kind(refusal));
		if (refusal.why() == CredentialsException.Why.WRONG) {
			challenge(", error=\"invalid_token\"", request, response);
		}
		else {
			response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(refusal.retryAfterSeconds()));
		}
		write(status(refusal), kind(refusal), detail(refusal), request, response);
	}

	static HttpStatus status(CredentialsException refusal) {
		return switch (refusal.why()) {
			case WRONG -> HttpStatus.UNAUTHORIZED;
			case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
			case BUSY -> HttpStatus.SERVICE_UNAVAILABLE;
		};
	}

	static String kind(CredentialsException refusal) {
		return switch (refusal.why()) {
			case WRONG -> "unauthenticated";
			case TOO_MANY -> "too-many-attempts";
			case BUSY -> "saturated";
		};
	}

	private static String detail(CredentialsException refusal) {
		return switch (refusal.why()) {
			case WRONG -> "nobody has this token, or this name and password";
			case TOO_MANY -> "too many wrong tokens and passwords came from this address; try again later";
			case BUSY -> "too many passwords are checked at once; try again";
		};
	}

	/**
	 * A browser would answer the one for passwords by a window of its own, in front of the page whose session has ended.
	 * @param error behind the realm of the one for tokens
	 */
	private void challenge(String error, HttpServletRequest request, HttpServletResponse response) {
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BEARER + error);
		String mode = request.getHeader("Sec-Fetch-Mode");
		boolean script = (mode != null && !mode.equals("navigate")) || request.getRequestedSessionId() != null;
		if (!script && this.accounts.anyPassword() != null) {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic " + REALM + ", charset=\"UTF-8\"");
		}
	}

	private static void write(HttpStatus status, String kind, String detail, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		Answers.write(Answers.problem(status, kind, detail), request.getRequestURI(), request, response);
	}

}
