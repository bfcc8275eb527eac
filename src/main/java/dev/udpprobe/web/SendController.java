package dev.udpprobe.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.probe.Sender;

/**
 * {@code POST /send}: one exchange, in four forms. What is replied to a form or to JSON is
 * JSON; to a text a text, to bytes bytes.
 */
@RestController
class SendController {

	private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	private final Sender sender;

	private final Bodies bodies = new Bodies();

	SendController(Sender sender) {
		this.sender = sender;
	}

	@PostMapping(path = "/send", consumes = MediaType.APPLICATION_JSON_VALUE)
	@SendApi.Send
	ResponseEntity<?> json(HttpServletRequest request) throws IOException, InterruptedException {
		return asJson(this.sender.send(SendFields.request(this.bodies.json(request, SendFields.ALL))));
	}

	@PostMapping(path = "/send", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	@Hidden
	ResponseEntity<?> form(HttpServletRequest request) throws InterruptedException {
		return asJson(this.sender.send(SendFields.request(this.bodies.form(request, SendFields.ALL))));
	}

	@PostMapping(path = "/send", consumes = MediaType.TEXT_PLAIN_VALUE)
	@Hidden
	ResponseEntity<?> text(HttpServletRequest request) throws IOException, InterruptedException {
		return asBody(request, TEXT);
	}

	@PostMapping(path = "/send", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
	@Hidden
	ResponseEntity<?> bytes(HttpServletRequest request) throws IOException, InterruptedException {
		return asBody(request, MediaType.APPLICATION_OCTET_STREAM);
	}

	private ResponseEntity<?> asBody(HttpServletRequest request, MediaType type)
			throws IOException, InterruptedException {
		Fields fields = Fields.of(QueryParameters.of(request), SendFields.OPTIONS);
		SendResult result = this.sender.send(SendFields.request(fields, this.bodies.bytes(request)));
		return (result.outcome() instanceof Outcome.Replied replied)
				? timed(replied).contentType(type).body(replied.reply())
				: problem(result);
	}

	private static ResponseEntity<?> asJson(SendResult result) {
		return (result.outcome() instanceof Outcome.Replied replied)
				? timed(replied).contentType(MediaType.APPLICATION_JSON).body(ExchangeView.of(result))
				: problem(result);
	}

	private static ResponseEntity<?> problem(SendResult result) {
		return ResponseEntity.of(Problems.of(result)).build();
	}

	/**
	 * The times as Server-Timing, in milliseconds; where the body is the reply there is no
	 * other place for it.
	 */
	private static ResponseEntity.BodyBuilder timed(Outcome.Replied replied) {
		RoundTrip roundTrip = replied.roundTrip();
		return ResponseEntity.ok()
				.header("Server-Timing", String.format(Locale.ROOT, "udp;dur=%.3f;desc=%s, overhead;dur=%.3f",
						roundTrip.nanos() / 1e6, roundTrip.clock().label(), roundTrip.overheadNanos() / 1e6));
	}

}
