package dev.udpprobe.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import dev.udpprobe.net.Labelled;
import dev.udpprobe.probe.SendResult;

/**
 * What requests are answered with, each with an example: the OpenAPI description follows this list.
 */
@SuppressWarnings("ImmutableEnumChecker") // The suppliers make what they supply anew.
enum Response implements Labelled {

	REPLIED(Samples::replied, "what came of it"),

	REPLY("the reply itself, where the body was a text or bytes", () -> List.of(Body.reply("Hi, hello"), Body.bytes())),

	LINES("one line for each line: the reply, or what came instead of one, after `! `",
			() -> List.of(Body.text("Hi, one", "Hi, two"))),

	// Swagger UI asks for the first one, and takes lines for malformed JSON.
	HOPS("a line for each hop, and one for the end", () -> List.of(Body.text(Stream
			.concat(Stream.concat(Stream.of(HopView.HEADINGS), Samples.hops().stream().map(HopView::line)),
					Stream.of(Samples.traceEnd().detail()))
			.toArray(String[]::new)), Body.lines(Samples.hops(), Samples.traceEnd()))),

	PINGS("a line for each datagram, and one for the sums",
			() -> List.of(Body.text(PingSamples.text()), Body.lines(PingSamples.lines(), PingSamples.summary()))),

	LENGTH("the longest datagram, and how that is known",
			() -> List.of(Body.json(Samples.mtu()), Body.text(Samples.mtu().table()))),

	SESSIONS("a page of sessions; the header Link names the next one, if there is one",
			() -> List.of(Body.array(Samples.peers()),
					Body.text(PeersController.HEADINGS, Samples.peers().getFirst().line().stripTrailing()))),

	TARGETS("a page of targets; the header Link names the others, and X-Total-Count says how many targets there are",
			() -> List.of(Body.array(TargetSamples.targets()), Body.text(TargetSamples.table()))),

	TARGET("how it is, and what is remembered of it",
			() -> List.of(Body.json(TargetSamples.details()), Body.reply(TargetSamples.page()))),

	GROUPS("a group for each of them", () -> List.of(Body.array(TargetSamples.groups()))),

	MODULES("all of them", () -> List.of(Body.array(Samples.modules()),
			Body.text(ModulesController.table(Samples.modules())))),

	PROBES("all of them", () -> List.of(Body.array(Samples.probes()),
			Body.text(ProbesController.table(Samples.probes())))),

	PROBE("the probe, what came of it, and its log", () -> List.of(Body.json(Samples.loggedProbe()),
			Body.text("Logs for the probe:"))),

	METRICS("what came of the probe, as metrics; with debug=true its log", () -> List.of(Body.text(
			"# HELP probe_success Displays whether or not the probe was a success", "# TYPE probe_success gauge",
			"probe_success 1.0"))),

	UNKNOWN_MODULE("there is no such module", HttpStatus.BAD_REQUEST,
			() -> List.of(Body.text("Unknown module \"dsn\""))),

	NO_TARGET("the target is missing", HttpStatus.BAD_REQUEST, () -> List.of(Body.text("Target parameter is missing"))),

	ALIVE("what came is good", () -> List.of(Body.json(ExchangeView.of(Samples.alive())),
			Body.text(OutcomeText.line(Samples.alive())))),

	BAD_FIELD("a field is missing or has a value that is not taken", HttpStatus.BAD_REQUEST, "bad-request",
			"timeout: '500' is not a duration; it takes for example 500ms, 2s or PT0.5S", Map.of("field", "timeout")),

	BAD_PAGE("a parameter has a value that is not taken", HttpStatus.BAD_REQUEST, "bad-request",
			"limit: '0' is not a whole number from 1 to 10000", Map.of("field", "limit")),

	BAD_QUERY("a parameter has a value that is not taken", HttpStatus.BAD_REQUEST, "bad-request",
			"state: 'ill' is not one of unknown, up, down, by-hand", Map.of("field", "state")),

	BAD_LABEL("a parameter has a value that is not taken", HttpStatus.BAD_REQUEST, "bad-request",
			"label: 'north' is not name=value", Map.of("field", "label")),

	BODY("the request has a body", HttpStatus.BAD_REQUEST, null, "GET takes no body", Map.of()),

	NO_ACCOUNT("where there are accounts: the request shows none, or a wrong token or password",
			HttpStatus.UNAUTHORIZED, "unauthenticated",
			"nobody has this token, or this name and password", Map.of()),

	MAY_NOT_VIEW("where there are accounts: this one has not the right", HttpStatus.FORBIDDEN, "not-permitted",
			"the account alice has no right to view", Map.of()),

	MAY_NOT_ASK("where there are accounts: this one has not the right", HttpStatus.FORBIDDEN, "not-permitted",
			"the account alice has no right to ask", Map.of()),

	FORBIDDEN_TARGET("the policy does not allow the target", HttpStatus.FORBIDDEN, "forbidden-target",
			"the policy allows no datagrams to 10.0.3.9:7007 (10.0.3.9); to allow them, start the service with "
					+ "--udp-probe.client.allowed-targets=127.0.0.0/8,::1/128,10.0.3.9:7007",
			Map.of()),

	FORBIDDEN_PROBE("the policy does not allow the target", HttpStatus.FORBIDDEN,
			() -> List.of(
					Body.text("forbidden-target: the policy allows no datagrams to 10.0.3.9:7007 (10.0.3.9); to allow "
							+ "them, start the service with --udp-probe.client.allowed-targets=127.0.0.0/8,::1/128,10.0.3.9:7007"))),

	CROSS_SITE("a web page of another site asks", HttpStatus.FORBIDDEN, "cross-site",
			"a page of another site is not allowed to send datagrams", Map.of()),

	NO_PROBE("there is no such probe, or it is no longer kept", HttpStatus.NOT_FOUND, "no-probe",
			"there is no such probe, or it is no longer kept; GET /probes lists them", Map.of()),

	UNKNOWN_TARGET("there is no such target", HttpStatus.NOT_FOUND, "no-target",
			"there is no such target; GET /targets lists them", Map.of()),

	SLOW_BODY("the body does not end", HttpStatus.REQUEST_TIMEOUT, "slow-body",
			"the body has not come to its end in time", Map.of()),

	TOO_BIG(Samples::tooBig, "too-big: the message is longer than the path takes, or than a datagram may be"),

	LONG_BODY("the body is longer than any message", HttpStatus.CONTENT_TOO_LARGE, "too-big",
			"the body is longer than any message that fits a datagram", Map.of("outcome", "too-big")),

	OTHER_TYPE("the body is of another type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, null,
			"Content-Type 'image/png' is not supported.", Map.of()),

	WRONG_TOO_OFTEN(
			"where there are accounts: too many wrong tokens and passwords came from this address; Retry-After says when to try again",
			HttpStatus.TOO_MANY_REQUESTS, "too-many-attempts",
			"too many wrong tokens and passwords came from this address; try again later", Map.of()),

	TOO_MANY(
			"where requests are limited: more than the account, or the address, may ask for; Retry-After says when to ask again",
			HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "too many requests in a second send; try again later",
			Map.of()),

	HOST("the request names a host that is not allowed", HttpStatus.MISDIRECTED_REQUEST, "host",
			"the host 'probe.example' is not allowed; ask by IP address, by a name without a dot or as localhost, or allow "
					+ "the name in udp-probe.http.allowed-hosts",
			Map.of()),

	NO_TTL("a field needs detail of the kernel that is not available here", HttpStatus.NOT_IMPLEMENTED, "unsupported",
			"ttl needs detail of the kernel that is not available here: "
					+ "the JVM was started without --add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
			Map.of("field", "ttl")),

	NO_DETAIL("the kernel's detail is not available here", HttpStatus.NOT_IMPLEMENTED, "unsupported",
			"this needs detail of the kernel that is not available here: "
					+ "the JVM was started without --add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
			Map.of()),

	REFUSED(Samples::refused, "refused"),

	UNREACHABLE(Samples::unreachable, "unreachable"),

	EXPIRED(Samples::expired, "expired"),

	MISADDRESSED(Samples::misaddressed, "misaddressed"),

	MISMATCHED(Samples::mismatched, "mismatched"),

	NO_WAY(Samples::pathUnreachable, "unreachable or expired: nothing gets there at all"),

	NOT_SENT(Samples::notSent, "not-sent"),

	UNRESOLVED(Samples::unresolved, "unresolved"),

	WRONG_TIMEOUT("the header X-Prometheus-Scrape-Timeout-Seconds says no time", HttpStatus.INTERNAL_SERVER_ERROR,
			() -> List.of(Body.text(
					"Failed to parse timeout from Prometheus header: strconv.ParseFloat: parsing \"soon\": invalid syntax"))),

	DEAD("what came is not good, or nothing came", HttpStatus.SERVICE_UNAVAILABLE,
			() -> List.of(Body.problem(Answers.problem(Samples.dead(), HttpStatus.SERVICE_UNAVAILABLE)),
					Body.text(OutcomeText.line(Samples.dead())))),

	SATURATED_PROBE("too many exchanges are in flight; Retry-After says when to ask again",
			HttpStatus.SERVICE_UNAVAILABLE,
			() -> List.of(Body.text("saturated: 1,000 exchanges are in flight already"))),

	SATURATED("too many exchanges are in flight; Retry-After says when to ask again", HttpStatus.SERVICE_UNAVAILABLE,
			"saturated", "1,000 exchanges are in flight already", Map.of()),

	PASSWORDS("where there are accounts: too many passwords are checked at once; Retry-After says when to try again",
			HttpStatus.SERVICE_UNAVAILABLE, "saturated", "too many passwords are checked at once; try again", Map.of()),

	BODIES("too much is in the bodies of requests", HttpStatus.SERVICE_UNAVAILABLE, "saturated",
			"the bodies of other requests take all the memory that there is for bodies", Map.of()),

	TIMED_OUT(Samples::timedOut, "timed-out"),

	NO_ANSWER(Samples::pathTimedOut, "timed-out: the target answers nothing");

	private final String description;

	private final Supplier<Answer> answer;

	/**
	 * What is answered, for example.
	 *
	 * @param bodies one for each type of content
	 */
	record Answer(HttpStatusCode status, List<Body> bodies) {}

	Response(String description, Supplier<List<Body>> bodies) {
		this(description, HttpStatus.OK, bodies);
	}

	Response(String description, HttpStatus status, Supplier<List<Body>> bodies) {
		this.description = description;
		this.answer = () -> new Answer(status, bodies.get());
	}

	/**
	 * @param kind null where the framework finds what is wrong
	 * @param properties what the problem has beside what all have
	 */
	Response(String description, HttpStatus status, @Nullable String kind, String detail,
			Map<String, Object> properties) {
		this.description = description;
		this.answer = () -> {
			ProblemDetail problem = (kind != null)
					? Answers.problem(status, kind, detail)
					: ProblemDetail.forStatusAndDetail(status, detail);
			properties.forEach(problem::setProperty);
			return new Answer(status, List.of(Body.problem(problem), Body.text(Answers.line(problem))));
		};
	}

	/**
	 * @param result of an exchange
	 */
	Response(Supplier<SendResult> result, String description) {
		this.description = description;
		this.answer = () -> {
			ResponseEntity<?> json = Answers.exchange(result.get(), AnswerForm.JSON);
			Object body = Objects.requireNonNull(json.getBody());
			return new Answer(json.getStatusCode(),
					List.of((body instanceof ProblemDetail problem) ? Body.problem(problem) : Body.json(body),
							Body.text(OutcomeText.line(result.get()))));
		};
	}

	String description() {
		return this.description;
	}

	/**
	 * @return made anew each time
	 */
	Answer answer() {
		return this.answer.get();
	}

}
