package dev.udpprobe.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.responses.ApiResponses;

/**
 * What the OpenAPI description says of looking at a path.
 */
final class PathApi {

	private PathApi() {}

	/**
	 * The fields of a trace as they stand in JSON and in a form.
	 */
	@Schema(name = "TraceRequest")
	record TraceFields(
			@Schema(description = "What to send, where the target answers nothing else", example = "hello") String message,
			@Schema(description = "A configured name or host:port", example = "127.0.0.1:7007") String target,
			@Schema(description = "How long to wait at each hop", example = "500ms") String timeout,
			@Schema(description = "Where to stop at the latest", minimum = "1", maximum = "64", defaultValue = "30") int maxHops,
			@Schema(description = "How many datagrams to send to each hop", minimum = "1", maximum = "10", defaultValue = "3") int tries,
			@Schema(description = "Class of service", minimum = "0", maximum = "63") int dscp,
			@Schema(description = "The local address to send from", example = "127.0.0.1") String source) {}

	/**
	 * The fields of a search as they stand in JSON and in a form.
	 */
	@Schema(name = "MtuRequest")
	record MtuFields(
			@Schema(description = "A configured name or host:port", example = "127.0.0.1:7007") String target,
			@Schema(description = "How long to wait for each answer", example = "500ms") String timeout,
			@Schema(description = "How often to send a length before it counts as lost", minimum = "1", maximum = "10", defaultValue = "2") int tries,
			@Schema(description = "Class of service", minimum = "0", maximum = "63") int dscp,
			@Schema(description = "The local address to send from", example = "127.0.0.1") String source) {}

	@Retention(RetentionPolicy.RUNTIME)
	@ApiResponses({
			@ApiResponse(responseCode = "400", description = "a field has a value that is not taken", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "403", description = "the policy does not allow the target", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "501", description = "the kernel's detail is not to be had here", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "502", description = "unresolved or not-sent; /mtu: nothing gets there at all (unreachable, expired)", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "503", description = "too many exchanges are in flight", content = @Content(mediaType = "application/problem+json"))})
	@interface Answers {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(summary = "Follows the path to a target hop by hop", description = "One line of JSON for each hop, as soon as it is known, and one for the end.", requestBody = @RequestBody(content = {
			@Content(mediaType = "application/json", schema = @Schema(implementation = TraceFields.class)),
			@Content(mediaType = "application/x-www-form-urlencoded", schema = @Schema(implementation = TraceFields.class))}))
	@ApiResponse(responseCode = "200", description = "Hops and the end", content = @Content(mediaType = "application/x-ndjson", schema = @Schema(oneOf = {
			HopView.class, TraceEndView.class})))
	@Answers
	@interface Trace {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(summary = "Finds the longest datagram that a path takes", requestBody = @RequestBody(content = {
			@Content(mediaType = "application/json", schema = @Schema(implementation = MtuFields.class)),
			@Content(mediaType = "application/x-www-form-urlencoded", schema = @Schema(implementation = MtuFields.class))}))
	@ApiResponse(responseCode = "200", description = "The length, and who said so", content = @Content(mediaType = "application/json", schema = @Schema(implementation = MtuView.class)))
	@ApiResponse(responseCode = "504", description = "timed-out: the target answers nothing", content = @Content(mediaType = "application/problem+json"))
	@Answers
	@interface Mtu {
	}

}
