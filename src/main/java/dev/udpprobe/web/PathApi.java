package dev.udpprobe.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.responses.ApiResponses;

/**
 * What the OpenAPI description says of looking at a path.
 */
final class PathApi {

	private PathApi() {}

	@Retention(RetentionPolicy.RUNTIME)
	@ApiResponses({
			@ApiResponse(responseCode = "400", description = "a field has a value that is not taken", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "403", description = "the policy does not allow the target, or a web page of another site asks", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "421", description = "the request names a host that is not allowed", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "408", description = "the body does not end", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "413", description = "the body is longer than any message", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "501", description = "the kernel's detail is not available here", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "502", description = "unresolved or not-sent; /mtu: nothing gets there at all (unreachable, expired)", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "503", description = "too many exchanges are in flight, or too much in the bodies of requests", content = @Content(mediaType = "application/problem+json"))})
	@interface Responses {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(summary = "Follows the path to a target hop by hop", description = "One line of JSON for each hop, as soon as it is known, and one for the end.")
	@ApiResponse(responseCode = "200", description = "Hops and the end", content = @Content(mediaType = "application/x-ndjson", schema = @Schema(oneOf = {
			HopView.class, TraceEndView.class})))
	@Responses
	@Takes(Field.Request.TRACE)
	@interface Trace {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(summary = "Finds the longest datagram that a path takes")
	@ApiResponse(responseCode = "200", description = "The length, and who said so", content = @Content(mediaType = "application/json", schema = @Schema(implementation = MtuView.class)))
	@ApiResponse(responseCode = "504", description = "timed-out: the target answers nothing", content = @Content(mediaType = "application/problem+json"))
	@Responses
	@Takes(Field.Request.MTU)
	@interface Mtu {
	}

}
