package dev.udpprobe.web;

import java.io.IOException;
import java.util.List;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Account;
import dev.udpprobe.access.Right;
import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.echo.EchoHistory;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.TargetFiles;
import dev.udpprobe.probe.Addressing;

/**
 * {@code GET /events}: what a page shows, as it changes. Nothing is done for what nobody watches.
 */
@RestController
@Hidden
class EventsController {

	private static final Log logger = LogFactory.getLog(EventsController.class);

	private final EventStreams streams;

	private final SignedIn signedIn;

	private final ServiceInfo service;

	private final Monitor monitor;

	private final TargetFiles files;

	private final Addressing addressing;

	private final EchoHistory echo;

	EventsController(EventStreams streams, SignedIn signedIn, ServiceInfo service, Monitor monitor, TargetFiles files,
			Addressing addressing, EchoHistory echo) {
		this.streams = streams;
		this.signedIn = signedIn;
		this.service = service;
		this.monitor = monitor;
		this.files = files;
		this.addressing = addressing;
		this.echo = echo;
	}

	@GetMapping("/events")
	@Needs(Right.VIEW)
	@OwnPagesOnly("watch this service")
	void events(HttpServletRequest request, HttpServletResponse response)
			throws IOException, InterruptedException, HttpRequestMethodNotSupportedException {
		if (!HttpMethod.GET.matches(request.getMethod())) {
			// The framework takes HEAD for a GET, which does not end.
			throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of(HttpMethod.GET.name()));
		}
		List<Watch> watched = List.of(new ServiceWatch(this.service, this.monitor, this.files),
				watch(RequestReader.query(request, Field.Request.EVENTS)));
		Account account = Asker.account();
		try (EventStreams.Stream stream = this.streams.open(account)) {
			Events events = Events.of(response);
			do {
				for (Watch watch : watched) {
					watch.look(events);
				}
				events.flush();
			} while (stream.next(() -> ClientConnection.check(request)) && this.signedIn.isStill(request, account));
		}
		catch (IOException | AnswerLines.ClientLeftException ex) {
			logger.debug("the client of /events has left, or read nothing for too long", ex);
		}
	}

	private Watch watch(Fields fields) {
		String watch = fields.choice(Field.WATCH);
		for (Field given : fields.given().keySet()) {
			if (given != Field.WATCH && !takes(watch, given)) {
				throw new BadRequestException(given.label(),
						"it takes watch=" + ((given == Field.TARGET) ? Watch.TARGET : Watch.TARGETS));
			}
		}
		return switch (watch) {
			case Watch.TARGETS -> new TargetsWatch(fields, this.monitor, this.addressing);
			case Watch.TARGET -> new TargetWatch(target(fields), this.monitor, this.addressing);
			case Watch.ECHO -> new EchoWatch(this.echo);
			case null, default -> (_) -> {};
		};
	}

	private static boolean takes(@Nullable String watch, Field given) {
		return (given == Field.TARGET) ? Watch.TARGET.equals(watch) : Watch.TARGETS.equals(watch);
	}

	private static String target(Fields fields) {
		String target = fields.text(Field.TARGET);
		if (target == null) {
			throw new BadRequestException(Field.TARGET.label(), "it is missing; it takes the name of a target");
		}
		return target;
	}

}
