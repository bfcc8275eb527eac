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
	@Operation(tags = OpenApiConfiguration.PATH, summary = "Finds the longest datagram that a path takes", description = """
			It takes some seconds where nobody says that a datagram is too long.""")
	@Takes(Field.Request.MTU)
	@Gives({Response.LENGTH, Response.TOO_BIG, Response.NO_DETAIL, Response.NO_WAY, Response.NO_ANSWER})
	@Gives.WrongRequest
	@Gives.NothingSent
	@interface Mtu {
	}

}
