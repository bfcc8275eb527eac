package dev.udpprobe.web;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.access.Right;
import dev.udpprobe.echo.Session;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.net.AddressText;

/**
 * {@code GET /peers}: the echo server's sessions, written as they are read, so that a client
 * that takes its time holds but a few of them.
 */
@RestController
class PeersController {

	private static final Log logger = LogFactory.getLog(PeersController.class);

	/** As many are read at a time. */
	private static final int STEP = 64;

	/** Over the {@link PeerView#line() rows}. */
	static final String HEADINGS = "datagrams         bytes  first seen            last seen             address";

	private final Sessions sessions;

	PeersController(Sessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * A session as JSON.
	 */
	@Schema(name = "Peer")
	record PeerView(@Schema(example = "127.0.0.1:49152") String address,
			@Schema(description = "How many came from it", example = "3") long datagrams,
			@Schema(description = "Payload bytes in them", example = "17") long bytes, Instant firstSeen,
			Instant lastSeen) {

		static PeerView of(Session session) {
			return new PeerView(AddressText.of(session.peer()), session.datagrams(), session.bytes(),
					session.firstSeen(), session.lastSeen());
		}

		/**
		 * @return a row of a table
		 */
		String line() {
			return String.format(Locale.ROOT, "%9d  %12d  %-20s  %-20s  %s\n", this.datagrams, this.bytes,
					this.firstSeen.truncatedTo(ChronoUnit.SECONDS), this.lastSeen.truncatedTo(ChronoUnit.SECONDS),
					this.address);
		}

	}

	@GetMapping("/peers")
	@Needs(Right.VIEW)
	@Operation(tags = OpenApiConfiguration.LOOK, summary = "Lists the echo server's sessions, the most recently seen first")
	@Takes(Field.Request.PEERS)
	@Gives({Response.SESSIONS, Response.BAD_PAGE, Response.BODY, Response.HOST})
	void peers(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Fields fields = RequestReader.query(request, Field.Request.PEERS);
		int offset = fields.count(Field.OFFSET);
		int limit = fields.count(Field.LIMIT);
		String next = (this.sessions.size() > offset + limit)
				? "?offset=%d&limit=%d".formatted(offset + limit, limit)
				: "";
		if (!next.isEmpty()) {
			response.setHeader(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
		}
		boolean text = AnswerForm.of(request) == AnswerForm.TEXT;
		response.setContentType(text ? Answers.TEXT.toString() : MediaType.APPLICATION_JSON_VALUE);
		try (Sessions.Walk walk = this.sessions.walk();
				Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
			walk.skip(offset);
			if (text) {
				writeTable(walk, limit, next.isEmpty() ? next : request.getRequestURI() + next, out);
			}
			else {
				writeJson(walk, limit, out);
			}
		}
		catch (JacksonException | IOException ex) {
			logger.debug("the client of /peers has left, or read nothing for too long", ex);
		}
	}

	private static void writeJson(Sessions.Walk walk, int limit, Writer out) throws IOException {
		try (JsonGenerator json = JsonMapper.shared()
				.writer()
				.without(StreamWriteFeature.AUTO_CLOSE_TARGET)
				.createGenerator(out)) {
			json.writeStartArray();
			read(walk, limit, (session) -> json.writePOJO(PeerView.of(session)));
			json.writeEndArray();
		}
		out.write('\n');
	}

	private static void writeTable(Sessions.Walk walk, int limit, String next, Writer out) throws IOException {
		out.write(HEADINGS + "\n");
		read(walk, limit, (session) -> out.write(PeerView.of(session).line()));
		if (!next.isEmpty()) {
			out.write("and more: %s\n".formatted(next));
		}
	}

	private interface Taker {

		void take(Session session) throws IOException;

	}

	private static void read(Sessions.Walk walk, int limit, Taker taker) throws IOException {
		int left = limit;
		List<Session> sessions = walk.next(Math.min(left, STEP));
		while (!sessions.isEmpty()) {
			for (Session session : sessions) {
				taker.take(session);
			}
			left -= sessions.size();
			sessions = walk.next(Math.min(left, STEP));
		}
	}

}
