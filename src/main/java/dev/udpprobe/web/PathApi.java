package dev.udpprobe.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.swagger.v3.oas.annotations.Operation;

/**
 * What the OpenAPI description says of looking at a path.
 */
final class PathApi {

	private PathApi() {}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(tags = OpenApiConfiguration.PATH, summary = "Follows the path to a target hop by hop", description = """
			One line of JSON for each hop, as soon as it is known, and one for the end. Where the header Accept asks for text, a \
			table.""")
	@Takes(Field.Request.TRACE)
	@Gives({Response.HOPS, Response.NO_DETAIL})
	@Gives.WrongRequest
	@Gives.NothingSent
	@interface Trace {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(tags = OpenApiConfiguration.PATH, summary = "Sends datagrams to a target at an interval", description = """
			One line of JSON for each datagram, as soon as it is known what came of it, and one for the sums: loss, round \
			trips, jitter, duplicates and reordering. Where the header Accept asks for text, lines as ping(8) prints them.""")
	@Takes(Field.Request.PING)
	@Gives({Response.PINGS, Response.NO_TTL})
	@Gives.WrongRequest
	@Gives.NothingSent
	@interface Ping {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(tags = OpenApiConfiguration.PATH, summary = "Finds the longest datagram that a path takes", description = """
			It takes some seconds where nobody says that a datagram is too long.""")
	@Takes(Field.Request.MTU)
	@Gives({Response.LENGTH, Response.TOO_BIG, Response.NO_DETAIL, Response.NO_WAY, Response.NO_ANSWER})
	@Gives.WrongRequest
	@Gives.NothingSent
	@interface Mtu {
	}

}
