package dev.udpprobe.web;

import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Right;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.Buckets;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

/**
 * Logs each request that sends or manages, when it has ended, and who signs in or shows a wrong token or password: who made it, from
 * where, to which target, and what came of it. The logger is off by default.
 */
final class AuditFilter extends OncePerRequestFilter implements Ordered {

	private static final Logger audit = LoggerFactory.getLogger("udp-probe.audit");

	/** An outcome. */
	static final String CLIENT_LEFT = "client-left";

	/** Of each kind. */
	private static final int LINES_PER_SECOND = 100;

	/** Of a target, as of all that a request says. */
	private static final int MAX_LENGTH = 300;

	private static final String ACCOUNT = "udp-probe.audit.account";

	private static final String TARGET = "udp-probe.audit.target";

	private static final String OUTCOME = "udp-probe.audit.outcome";

	private static final String LET_IN = "udp-probe.audit.let-in";

	private static final String SIGNS_IN = "udp-probe.audit.signs-in";

	private static final String NONE = "-";

	private static final Set<Integer> REFUSED = Set.of(HttpStatus.UNAUTHORIZED.value(), HttpStatus.FORBIDDEN.value(),
			HttpStatus.TOO_MANY_REQUESTS.value());

	private final HandlerRights rights;

	private final Map<Kind, Buckets> lines = new EnumMap<>(Kind.class);

	private final long begunNanos = System.nanoTime();

	private long leftOut;

	AuditFilter(HandlerRights rights) {
		this.rights = rights;
		for (Kind kind : Kind.values()) {
			this.lines.put(kind, new Buckets(new RateLimit(LINES_PER_SECOND, 0), 1));
		}
	}

	/**
	 * None of them keeps the lines of the others out.
	 */
	private enum Kind {
		BY_ACCOUNT, BY_ANYBODY, SIGNS_IN, REFUSED
	}

	/**
	 * Notes that whoever asks has the right to.
	 */
	static void letIn(HttpServletRequest request) {
		request.setAttribute(LET_IN, true);
	}

	/**
	 * Notes whose request it is.
	 */
	static void account(HttpServletRequest request, Account account) {
		request.setAttribute(ACCOUNT, account.name());
	}

	/**
	 * Notes that somebody signs in or out, or shows what nobody has; that is logged, whatever the request is.
	 * @param outcome a word
	 */
	static void signsIn(HttpServletRequest request, String outcome) {
		request.setAttribute(SIGNS_IN, true);
		outcome(request, outcome);
	}

	/**
	 * Notes whom it is sent to.
	 * @param target a configured name or host:port; null if the request names none
	 */
	static void target(HttpServletRequest request, @Nullable String target) {
		request.setAttribute(TARGET, target);
	}

	/**
	 * Notes what came of it, and where it went.
	 */
	static void outcome(HttpServletRequest request, SendResult result) {
		target(request, ResultText.name(result.target()));
		outcome(request, result.outcome().kind().label());
	}

	/**
	 * Notes what kind of problem it was, where that is one of this service.
	 */
	static void outcome(HttpServletRequest request, ProblemDetail problem) {
		URI type = problem.getType();
		outcome(request, (type != null && "urn".equals(type.getScheme())) ? problem.getTitle() : null);
	}

	/**
	 * @param outcome a word
	 */
	static void outcome(HttpServletRequest request, @Nullable String outcome) {
		request.setAttribute(OUTCOME, outcome);
	}

	@Override
	public int getOrder() {
		// Behind the one that times and counts all requests, and in front of all that refuse.
		return Ordered.HIGHEST_PRECEDENCE + 2;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!audit.isInfoEnabled()) {
			chain.doFilter(request, response);
			return;
		}
		long begun = System.nanoTime();
		int status = HttpStatus.INTERNAL_SERVER_ERROR.value();
		try {
			chain.doFilter(request, response);
			status = response.getStatus();
		}
		finally {
			Right right = this.rights.of(request);
			if (right == Right.ASK || right == Right.MANAGE || request.getAttribute(SIGNS_IN) != null) {
				log(right, request, status, System.nanoTime() - begun);
			}
		}
	}

	private void log(@Nullable Right right, HttpServletRequest request, int status, long nanos) {
		Buckets bucket = Objects.requireNonNull(this.lines.get(kind(request, status)));
		long before;
		synchronized (this) {
			long now = System.nanoTime() - this.begunNanos;
			if (!bucket.allows(0, 0, now)) {
				this.leftOut++;
				return;
			}
			bucket.take(0, 0, now);
			before = this.leftOut;
			this.leftOut = 0;
		}
		Map<String, Object> said = new LinkedHashMap<>();
		said.put("account", noted(request, ACCOUNT));
		said.put("from", AddressText.of(ClientAddress.of(request)));
		said.put("right", (right != null) ? right.label() : NONE);
		said.put("request", printable(request.getMethod() + " " + RequestReader.path(request)));
		said.put("target", noted(request, TARGET));
		said.put("outcome", noted(request, OUTCOME));
		said.put("status", status);
		said.put("millis", nanos / 1_000_000);
		if (before > 0) {
			said.put("leftOut", before);
		}
		LoggingEventBuilder line = audit.atInfo();
		for (Map.Entry<String, Object> each : said.entrySet()) {
			line = line.addKeyValue(each.getKey(), each.getValue());
		}
		line.log(said.entrySet().stream().map((each) -> each.getKey() + "=" + quoted(each.getValue()))
				.collect(Collectors.joining(" ")));
	}

	private static Kind kind(HttpServletRequest request, int status) {
		boolean account = request.getAttribute(ACCOUNT) != null;
		if (request.getAttribute(SIGNS_IN) != null) {
			return account ? Kind.SIGNS_IN : Kind.REFUSED;
		}
		if (request.getAttribute(LET_IN) == null || REFUSED.contains(status)) {
			return Kind.REFUSED;
		}
		return account ? Kind.BY_ACCOUNT : Kind.BY_ANYBODY;
	}

	private static String noted(HttpServletRequest request, String name) {
		return (request.getAttribute(name) instanceof String text) ? printable(text) : NONE;
	}

	private static String printable(String text) {
		return ReplyText.printable(text.substring(0, Math.min(text.length(), MAX_LENGTH)));
	}

	private static String quoted(Object value) {
		String text = value.toString();
		return (text.contains(" ") || text.contains("\"") || text.contains("="))
				? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
				: text;
	}

}
