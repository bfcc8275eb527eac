package dev.udpprobe.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Right;
import dev.udpprobe.probe.Ping;
import dev.udpprobe.probe.PingSummary;
import dev.udpprobe.probe.Pinger;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.UnsentException;

/**
 * {@code POST /ping}: datagrams at an interval, and what came of each.
 */
@RestController
class PingController {

	private static final Log logger = LogFactory.getLog(PingController.class);

	private final RequestReader reader;

	private final Pinger pinger;

	private final SignedIn signedIn;

	PingController(RequestReader reader, Pinger pinger, SignedIn signedIn) {
		this.reader = reader;
		this.pinger = pinger;
		this.signedIn = signedIn;
	}

	/**
	 * @return null if the answer was written already
	 */
	@PostMapping(path = "/ping", consumes = {MediaType.APPLICATION_JSON_VALUE,
			MediaType.APPLICATION_FORM_URLENCODED_VALUE})
	@Needs(Right.ASK)
	@PathApi.Ping
	@Nullable
	ResponseEntity<?> ping(HttpServletRequest request, HttpServletResponse response)
			throws IOException, InterruptedException {
		Pinger.Request asked = Requests.ping(this.reader.fields(request, Field.Request.PING));
		// A ping may take months.
		BodyBudget.giveBack(request);
		Account account = Asker.account();
		try (Ping ping = this.pinger.open(asked)) {
			AuditFilter.target(request, ResultText.name(ping.target()));
			AuditFilter.outcome(request, ping(ping, AnswerLines.of(AnswerForm.of(request), response),
					() -> checkClient(request, account)));
			return null;
		}
		catch (UnsentException ex) {
			AuditFilter.outcome(request, ex.result());
			return Answers.exchange(ex.result(), AnswerForm.of(request));
		}
	}

	/**
	 * @throws AnswerLines.ClientLeftException if the client has left, or may not ask any more
	 */
	private void checkClient(HttpServletRequest request, @Nullable Account account) {
		ClientConnection.check(request);
		if (!this.signedIn.isStill(request, account)) {
			throw new AnswerLines.ClientLeftException();
		}
	}

	/**
	 * @return how it ended
	 */
	private static String ping(Ping ping, AnswerLines lines, Runnable idle) throws InterruptedException {
		try {
			lines.head(() -> PingText.head(ping));
			boolean several = ping.settings().flows() > 1;
			PingSummary summary = ping.run((pinged) -> {
				PingView view = PingView.of(pinged, ping.result(pinged), several, ping.takeDuplicated());
				lines.line(view, () -> PingText.line(view, pinged, ping.result(pinged)));
			}, idle);
			lines.line(PingSummaryView.of(summary), () -> PingText.summary(ResultText.name(ping.target()), summary));
			return "%d of %d replied".formatted(summary.received(), summary.sent());
		}
		catch (AnswerLines.ClientLeftException ex) {
			logger.debug("the client of /ping has left", ex);
			return AuditFilter.CLIENT_LEFT;
		}
	}

}
