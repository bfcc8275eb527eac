package dev.udpprobe.web;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Credentials;
import dev.udpprobe.access.CredentialsException;
import dev.udpprobe.access.Right;

/**
 * Finds out whose account a request is made with: by its bearer token (RFC 6750), by its name and password (RFC 7617), or else by its
 * session. Whoever gives a token or a password that is wrong gets no answer, even to what is open, but for the probes of health.
 */
final class AccountFilter extends OncePerRequestFilter {

	private static final Pattern BEARER = Pattern.compile("Bearer +([\\w.~+/=-]+) *", Pattern.CASE_INSENSITIVE);

	private final Credentials credentials;

	private final SignedIn signedIn;

	private final Set<Right> everybody;

	private final AccessProblems problems;

	private final BasicAuthenticationConverter basic = new BasicAuthenticationConverter();

	/**
	 * @param everybody the rights of everybody
	 */
	AccountFilter(Credentials credentials, SignedIn signedIn, Set<Right> everybody, AccessProblems problems) {
		this.credentials = credentials;
		this.signedIn = signedIn;
		this.everybody = everybody;
		this.problems = problems;
	}

	/**
	 * The probes of health must not wait behind passwords.
	 */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return HealthConnector.PATHS.contains(RequestReader.path(request));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Account account;
		try {
			account = account(request);
		}
		catch (CredentialsException ex) {
			this.problems.refuse(ex, request, response);
			return;
		}
		if (account != null) {
			AuditFilter.account(request, account);
			SecurityContextHolder.setContext(new SecurityContextImpl(Asker.of(account, this.everybody)));
		}
		chain.doFilter(request, response);
	}

	/**
	 * @return null if the request shows none
	 * @throws CredentialsException if what it shows is wrong
	 */
	private @Nullable Account account(HttpServletRequest request) {
		List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
		if (headers.isEmpty()) {
			return this.signedIn.account(request);
		}
		InetAddress from = ClientAddress.of(request);
		if (headers.size() > 1) {
			return this.credentials.token("", from);
		}
		Matcher bearer = BEARER.matcher(headers.getFirst());
		if (bearer.matches()) {
			return this.credentials.token(bearer.group(1), from);
		}
		UsernamePasswordAuthenticationToken given = basic(request);
		return (given != null)
				? this.credentials.password(given.getName(), String.valueOf(given.getCredentials()), from)
				: this.credentials.token("", from);
	}

	private @Nullable UsernamePasswordAuthenticationToken basic(HttpServletRequest request) {
		try {
			return this.basic.convert(request);
		}
		catch (BadCredentialsException _) {
			return null;
		}
	}

}
