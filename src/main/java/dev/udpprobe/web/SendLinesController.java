package dev.udpprobe.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.AskLimits;
import dev.udpprobe.access.Right;
import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.ForbiddenTargetException;
import dev.udpprobe.exchange.LocalPortException;
import dev.udpprobe.exchange.SaturatedException;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.Await;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.probe.Sender;

/**
 * {@code /send/lines}: the interactive client. Each line is sent as soon as it is there, and
 * its answer is flushed before the next line is read. PUT does the same as POST, because
 * that is what {@code curl -T} says.
 */
@RestController
class SendLinesController {

	private static final Log logger = LogFactory.getLog(SendLinesController.class);

	private static final String NO_REPLY = "! ";

	private final RequestReader reader;

	private final Sender sender;

	private final AskLimiter limiter;

	private final SignedIn signedIn;

	SendLinesController(RequestReader reader, Sender sender, AskLimiter limiter, SignedIn signedIn) {
		this.reader = reader;
		this.sender = sender;
		this.limiter = limiter;
		this.signedIn = signedIn;
	}

	@RequestMapping(path = "/send/lines", method = {RequestMethod.POST, RequestMethod.PUT})
	@Needs(Right.ASK)
	@SendApi.Lines
	void lines(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
		Fields fields = RequestReader.query(request, Field.Request.QUERY);
		this.sender.check(Requests.send(fields, null));
		response.setContentType("text/plain;charset=UTF-8");
		LineReader lines = this.reader.lines(request);
		OutputStream out = response.getOutputStream();
		try {
			converse(lines, out, fields, request);
		}
		catch (IOException ex) {
			logger.debug("the client of /send/lines has left, was silent for too long, or sent no chunk", ex);
			if (response.isCommitted()) {
				end(out, ex);
			}
			// Otherwise Tomcat answers with a problem.
		}
	}

	private static void end(OutputStream out, IOException cause) {
		try {
			out.write(failure((cause.getCause() instanceof SocketTimeoutException)
					? "ended: no line came for too long"
					: "ended: the request is malformed"));
			out.flush();
		}
		catch (IOException ex) {
			logger.debug("the client of /send/lines has left", ex);
		}
	}

	private void converse(LineReader lines, OutputStream out, Fields fields, HttpServletRequest request)
			throws IOException, InterruptedException {
		Runnable limit = () -> this.limiter.again(request);
		Account account = Asker.account();
		int answers = 0;
		// The first line counts as the request.
		for (byte[] answer = next(lines, fields, () -> {}); answer != null; answer = next(lines, fields, limit)) {
			AuditFilter.outcome(request, "%d lines".formatted(++answers));
			out.write(answer);
			out.flush();
			if (!this.signedIn.isStill(request, account)) {
				out.write(failure("ended: the account is gone, or has changed"));
				return;
			}
		}
	}

	/**
	 * @param limit throws if the line is one too many
	 * @return the answer to the next line, or null at the end
	 */
	private byte @Nullable [] next(LineReader lines, Fields fields, Runnable limit)
			throws IOException, InterruptedException {
		try {
			LineReader.Line line = lines.next();
			if (line == null) {
				return null;
			}
			limit.run();
			return line.tooLong()
					? failure(String.format(Locale.ROOT, "too-big: the line is longer than %,d bytes",
							PayloadLimits.MAX_IPV6))
					: answer(Await.result(this.sender.send(Requests.send(fields, line.bytes()))));
		}
		catch (SaturatedException | BodyBudget.ExhaustedException ex) {
			return failure("saturated: " + ex.getMessage());
		}
		catch (AskLimits.ExceededException ex) {
			return failure("too-many-requests: " + ex.getMessage());
		}
		catch (LocalPortException ex) {
			return failure("bad-request: " + ex.getMessage());
		}
		catch (BadRequestException ex) {
			return failure("bad-request: %s: %s".formatted(ex.field(), ex.getMessage()));
		}
		catch (ForbiddenTargetException ex) {
			return failure("forbidden-target: " + ex.getMessage());
		}
	}

	private static byte[] answer(SendResult result) {
		SendResult.Judged judged = result.judged();
		if (judged != null && judged.judgement().pass() && !(result.outcome() instanceof Outcome.Replied)) {
			return oneLine(OutcomeText.line(result).getBytes(StandardCharsets.UTF_8));
		}
		boolean good = judged == null || judged.judgement().pass();
		return (good && result.outcome() instanceof Outcome.Replied replied)
				? oneLine(result.shown(replied.reply()))
				: failure(OutcomeText.line(result));
	}

	private static byte[] failure(String text) {
		return oneLine((NO_REPLY + text).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A reply's own line ends are written as \n and \r, so that one answer is one line.
	 */
	private static byte[] oneLine(byte[] reply) {
		ByteArrayOutputStream line = new ByteArrayOutputStream(reply.length + 1);
		for (byte b : reply) {
			switch (b) {
				case '\n' -> line.writeBytes(new byte[]{'\\', 'n'});
				case '\r' -> line.writeBytes(new byte[]{'\\', 'r'});
				default -> line.write(b);
			}
		}
		line.write('\n');
		return line.toByteArray();
	}

}
