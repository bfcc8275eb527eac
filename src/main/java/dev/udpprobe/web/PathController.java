package dev.udpprobe.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.swagger.v3.oas.annotations.Hidden;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.SocketKind;
import dev.udpprobe.path.PathMtu;
import dev.udpprobe.path.Trace;
import dev.udpprobe.probe.BadRequestException;
import dev.udpprobe.probe.PathException;
import dev.udpprobe.probe.PathProber;
import dev.udpprobe.probe.PathRequest;
import dev.udpprobe.probe.SendResult;

/**
 * {@code POST /trace} and {@code POST /mtu}: what is between here and a target.
 */
@RestController
class PathController {

	private static final Log logger = LogFactory.getLog(PathController.class);

	static final Set<Field> MTU = Collections.unmodifiableSet(
			EnumSet.of(Field.TARGET, Field.TIMEOUT, Field.TRIES, Field.DSCP, Field.SOURCE));

	static final Set<Field> TRACE = Collections.unmodifiableSet(EnumSet.of(Field.MESSAGE, Field.TARGET,
			Field.TIMEOUT, Field.MAX_HOPS, Field.TRIES, Field.DSCP, Field.SOURCE));

	private static final int DEFAULT_HOPS = 30;

	private static final int MOST_HOPS = 64;

	private static final int MOST_TRIES = 10;

	private final PathProber prober;

	private final Bodies bodies = new Bodies();

	PathController(PathProber prober) {
		this.prober = prober;
	}

	@PostMapping(path = "/trace", consumes = MediaType.APPLICATION_JSON_VALUE)
	@PathApi.Trace
	@Nullable
	ResponseEntity<?> traceJson(HttpServletRequest request, HttpServletResponse response)
			throws IOException, InterruptedException {
		return trace(this.bodies.json(request, TRACE), response);
	}

	@PostMapping(path = "/trace", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	@Hidden
	@Nullable
	ResponseEntity<?> traceForm(HttpServletRequest request, HttpServletResponse response)
			throws IOException, InterruptedException {
		return trace(this.bodies.form(request, TRACE), response);
	}

	@PostMapping(path = "/mtu", consumes = MediaType.APPLICATION_JSON_VALUE)
	@PathApi.Mtu
	ResponseEntity<?> mtuJson(HttpServletRequest request) throws IOException, InterruptedException {
		return mtu(this.bodies.json(request, MTU));
	}

	@PostMapping(path = "/mtu", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	@Hidden
	ResponseEntity<?> mtuForm(HttpServletRequest request) throws IOException, InterruptedException {
		return mtu(this.bodies.form(request, MTU));
	}

	/**
	 * @return null if the answer was written already
	 */
	private @Nullable ResponseEntity<?> trace(Fields fields, HttpServletResponse response)
			throws IOException, InterruptedException {
		byte[] message = fields.bytes(Field.MESSAGE);
		if (message != null && message.length == 0) {
			throw new BadRequestException(Field.MESSAGE.label(), "it is empty; it takes at least one character");
		}
		int maxHops = Objects.requireNonNullElse(fields.number(Field.MAX_HOPS, 1, MOST_HOPS), DEFAULT_HOPS);
		try (PathProber.Path path = this.prober.open(request(fields))) {
			trace(path, maxHops, message, response);
			return null;
		}
		catch (PathException ex) {
			return problem(ex.result());
		}
	}

	private static void trace(PathProber.Path path, int maxHops, byte @Nullable [] message,
			HttpServletResponse response) throws IOException, InterruptedException {
		response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
		OutputStream out = response.getOutputStream();
		try {
			Trace.End end = path.trace(maxHops, message, (hop) -> line(out, HopView.of(hop)));
			line(out, TraceEndView.of(path.result(end.outcome()), end));
		}
		catch (ClientLeftException ex) {
			logger.debug("the client of /trace has left", ex);
		}
	}

	private static void line(OutputStream out, Object value) {
		try {
			out.write(JsonMapper.shared().writeValueAsBytes(value));
			out.write('\n');
			out.flush();
		}
		catch (IOException ex) {
			throw new ClientLeftException(ex);
		}
	}

	/**
	 * Nothing more can be answered.
	 */
	private static final class ClientLeftException extends RuntimeException {

		private ClientLeftException(IOException cause) {
			super(cause);
		}

	}

	private ResponseEntity<?> mtu(Fields fields) throws IOException, InterruptedException {
		try (PathProber.Path path = this.prober.open(request(fields))) {
			PathMtu mtu = path.mtu();
			SendResult result = path.result(mtu.outcome());
			return mtu.isKnown()
					? ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(MtuView.of(result, mtu))
					: problem(result);
		}
		catch (PathException ex) {
			return problem(ex.result());
		}
	}

	private static PathRequest request(Fields fields) {
		ExchangeOptions options = new ExchangeOptions(SocketKind.CONNECTED, null, fields.number(Field.DSCP, 0, 63),
				null, fields.address(Field.SOURCE));
		return new PathRequest(fields.text(Field.TARGET), fields.duration(Field.TIMEOUT),
				fields.number(Field.TRIES, 1, MOST_TRIES), options);
	}

	private static ResponseEntity<?> problem(SendResult result) {
		return ResponseEntity.of(Problems.of(result)).build();
	}

}
