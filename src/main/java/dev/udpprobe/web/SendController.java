package dev.udpprobe.web;

import java.io.IOException;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Right;
import dev.udpprobe.probe.Await;
import dev.udpprobe.probe.ProbeLog;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.probe.Sender;

/**
 * {@code POST /send}: one exchange, in four forms. What is replied to a form or to JSON is
 * JSON; to a text a text, to bytes bytes; or else what the request accepts.
 */
@RestController
class SendController {

	private final RequestReader reader;

	private final Sender sender;

	SendController(RequestReader reader, Sender sender) {
		this.reader = reader;
		this.sender = sender;
	}

	@PostMapping(path = "/send", consumes = {MediaType.APPLICATION_JSON_VALUE,
			MediaType.APPLICATION_FORM_URLENCODED_VALUE})
	@Needs(Right.ASK)
	@SendApi.Send
	ResponseEntity<?> send(HttpServletRequest request) throws IOException, InterruptedException {
		Fields fields = this.reader.fields(request, Field.Request.SEND);
		ProbeLog log = Boolean.TRUE.equals(fields.truth(Field.DATAGRAMS)) ? new ProbeLog() : null;
		SendResult result = Await.result(this.sender.send(Requests.send(fields), log));
		AuditFilter.outcome(request, result);
		return Answers.exchange(result, AnswerForm.of(request), log);
	}

	@PostMapping(path = "/send", consumes = MediaType.TEXT_PLAIN_VALUE)
	@Needs(Right.ASK)
	@Hidden
	ResponseEntity<?> text(HttpServletRequest request) throws IOException, InterruptedException {
		return body(request, Answers.TEXT, AnswerForm.TEXT);
	}

	@PostMapping(path = "/send", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
	@Needs(Right.ASK)
	@Hidden
	ResponseEntity<?> bytes(HttpServletRequest request) throws IOException, InterruptedException {
		return body(request, MediaType.APPLICATION_OCTET_STREAM, AnswerForm.ANY);
	}

	/**
	 * @param type of the answer where that is the reply
	 * @param own the form that the reply has by itself
	 */
	private ResponseEntity<?> body(HttpServletRequest request, MediaType type, AnswerForm own)
			throws IOException, InterruptedException {
		Fields fields = RequestReader.query(request, Field.Request.QUERY);
		SendResult result = Await.result(this.sender.send(Requests.send(fields, this.reader.body(request))));
		AuditFilter.outcome(request, result);
		AnswerForm form = AnswerForm.of(request);
		boolean sentence = form == AnswerForm.TEXT && result.judged() != null;
		return ((form == AnswerForm.ANY || form == own) && !sentence)
				? Answers.reply(result, type, form)
				: Answers.exchange(result, form);
	}

}
