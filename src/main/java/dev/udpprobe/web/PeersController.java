package dev.udpprobe.web;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
import tools.jackson.databind.json.JsonMapper;

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

	}

	@GetMapping("/peers")
	@Operation(summary = "The echo server's sessions, the most recently seen first")
	@ApiResponse(responseCode = "200", description = "A page of them; the header Link names the next one, if there is one", content = @Content(mediaType = "application/json", array = @ArraySchema(schema = @Schema(implementation = PeerView.class))))
	@ApiResponse(responseCode = "400", description = "a parameter has a value that is not taken", content = @Content(mediaType = "application/problem+json"))
	@Takes(Field.Request.PEERS)
	void peers(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Fields fields = RequestReader.query(request, Field.Request.PEERS);
		int offset = fields.count(Field.OFFSET);
		int limit = fields.count(Field.LIMIT);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		if (this.sessions.size() > offset + limit) {
			response.setHeader(HttpHeaders.LINK,
					"<?offset=%d&limit=%d>; rel=\"next\"".formatted(offset + limit, limit));
		}
		try (Sessions.Walk walk = this.sessions.walk();
				JsonGenerator out = JsonMapper.shared().createGenerator(response.getOutputStream())) {
			walk.skip(offset);
			write(walk, limit, out);
		}
		catch (JacksonException ex) {
			logger.debug("the client of /peers has left, or read nothing for too long", ex);
		}
	}

	private static void write(Sessions.Walk walk, int limit, JsonGenerator out) {
		out.writeStartArray();
		int left = limit;
		List<Session> sessions = walk.next(Math.min(left, STEP));
		while (!sessions.isEmpty()) {
			sessions.forEach((session) -> out.writePOJO(PeerView.of(session)));
			left -= sessions.size();
			sessions = walk.next(Math.min(left, STEP));
		}
		out.writeEndArray();
	}

}
