package dev.udpprobe.web;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.echo.Session;
import dev.udpprobe.echo.Sessions;
import dev.udpprobe.net.AddressText;

/**
 * {@code GET /peers}: the echo server's sessions.
 */
@RestController
class PeersController {

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
	List<PeerView> peers() {
		return this.sessions.snapshot().reversed().stream().map(PeerView::of).toList();
	}

}
