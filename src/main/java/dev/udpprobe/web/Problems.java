package dev.udpprobe.web;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

import dev.udpprobe.probe.SendResult;

/**
 * Problem details (RFC 9457) in this service's vocabulary.
 */
final class Problems {

	private Problems() {}

	/**
	 * @param kind what a program tells problems apart by, for example {@code refused}
	 */
	static ProblemDetail of(HttpStatus status, String kind, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:udp-probe:" + kind));
		problem.setTitle(kind);
		return problem;
	}

	/**
	 * An exchange that was not replied to, with the fields of one that was.
	 */
	static ProblemDetail of(SendResult result) {
		ExchangeView view = ExchangeView.of(result);
		ProblemDetail problem = of(OutcomeText.status(result.outcome()), view.outcome(), OutcomeText.detail(result));
		problem.setProperty("outcome", view.outcome());
		problem.setProperty("target", view.target());
		set(problem, "remoteAddress", view.remoteAddress());
		set(problem, "localAddress", view.localAddress());
		problem.setProperty("bytesSent", view.bytesSent());
		problem.setProperty("bytesReceived", view.bytesReceived());
		set(problem, "reply", view.reply());
		set(problem, "replyBase64", view.replyBase64());
		set(problem, "repliedBy", view.repliedBy());
		set(problem, "roundTripMicros", view.roundTripMicros());
		set(problem, "clock", view.clock());
		set(problem, "overheadMicros", view.overheadMicros());
		set(problem, "icmp", view.icmp());
		set(problem, "pathMtu", view.pathMtu());
		return problem;
	}

	private static void set(ProblemDetail problem, String name, @Nullable Object value) {
		if (value != null) {
			problem.setProperty(name, value);
		}
	}

}
