package dev.udpprobe.web;

import java.io.IOException;
import java.util.List;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.echo.EchoHistory;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.probe.Addressing;

/**
 * {@code GET /events}: what a page shows, as it changes. Nothing is done for what nobody watches.
 */
@RestController
@Hidden
class EventsController {

	private static final Log logger = LogFactory.getLog(EventsController.class);

	private final EventStreams streams;

	private final ServiceInfo service;

	private final Monitor monitor;

	private final Addressing addressing;

	private final EchoHistory echo;

	EventsController(EventStreams streams, ServiceInfo service, Monitor monitor, Addressing addressing,
			EchoHistory echo) {
		this.streams = streams;
		this.service = service;
		this.monitor = monitor;
		this.addressing = addressing;
		this.echo = echo;
	}

	@GetMapping("/events")
	void events(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
		List<Watch> watched = List.of(new ServiceWatch(this.service, this.monitor),
				watch(RequestReader.query(request, Field.Request.EVENTS)));
		try (EventStreams.Stream stream = this.streams.open()) {
			Events events = Events.of(response);
			do {
				for (Watch watch : watched) {
					watch.look(events);
				}
				events.flush();
			} while (stream.next(() -> ClientConnection.check(request)));
		}
		catch (IOException | AnswerLines.ClientLeftException ex) {
			logger.debug("the client of /events has left, or read nothing for too long", ex);
		}
	}

	private Watch watch(Fields fields) {
		String target = fields.text(Field.TARGET);
		return switch (String.valueOf(fields.choice(Field.WATCH))) {
			case Watch.TARGETS -> new TargetsWatch(fields, this.monitor, this.addressing);
			case Watch.TARGET -> new TargetWatch(String.valueOf(target), this.monitor, this.addressing);
			case Watch.ECHO -> new EchoWatch(this.echo);
			default -> (_) -> {};
		};
	}

}
