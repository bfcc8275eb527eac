package dev.udpprobe.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.responses.ApiResponses;

/**
 * What the OpenAPI description says of sending.
 */
final class SendApi {

	private static final String FIELDS = """
			{"message": "hello", "target": "127.0.0.1:7007", "timeout": "500ms", "socket": "connected"}""";

	private static final String REFUSED = """
			{"type": "urn:udp-probe:refused", "title": "refused", "status": 502, "instance": "/send",
			 "detail": "127.0.0.1:9 refused: nobody listens on that port (ICMP port unreachable).",
			 "outcome": "refused", "target": "127.0.0.1:9", "remoteAddress": "127.0.0.1:9",
			 "localAddress": "127.0.0.1:49152", "bytesSent": 5, "bytesReceived": 0, "roundTripMicros": 11.842, "clock": "kernel", "overheadMicros": 60.31,
			 "icmp": {"type": 3, "code": 3, "meaning": "port-unreachable", "reporter": "127.0.0.1"}}""";

	private SendApi() {}

	/**
	 * The fields as they stand in JSON and in a form.
	 */
	@Schema(name = "Send")
	record Fields(
			@Schema(description = "The text to send, which may be empty", example = "hello", requiredMode = Schema.RequiredMode.REQUIRED) String message,
			@Schema(description = "A configured name or host:port", example = "127.0.0.1:7007") String target,
			@Schema(description = "How long to wait for the answer", example = "500ms") String timeout,
			@Schema(allowableValues = {"connected", "unconnected"}, defaultValue = "connected") String socket,
			@Schema(description = "How many hops it may go: TTL, hop limit", minimum = "1", maximum = "255") int ttl,
			@Schema(description = "Class of service", minimum = "0", maximum = "63") int dscp,
			@Schema(description = "Whether it must arrive whole or not at all") boolean dontFragment,
			@Schema(description = "The local address to send from", example = "127.0.0.1") String source){}

	@Retention(RetentionPolicy.RUNTIME)
	@ApiResponses({
			@ApiResponse(responseCode = "200", description = "replied", content = @Content(schema = @Schema(implementation = ExchangeView.class))),
			@ApiResponse(responseCode = "400", description = "a field is missing or has a value that is not taken", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "403", description = "the policy does not allow the target", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "413", description = "too-big", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "501", description = "a field takes what this system does not have", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "502", description = "refused, unreachable, expired, misaddressed, not-sent or unresolved", content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(REFUSED))),
			@ApiResponse(responseCode = "503", description = "too many exchanges are in flight", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "504", description = "timed-out", content = @Content(mediaType = "application/problem+json"))})
	@interface Answers {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Parameters({
			@Parameter(in = ParameterIn.QUERY, name = "target", description = "A configured name or host:port", schema = @Schema(type = "string"), example = "127.0.0.1:7007"),
			@Parameter(in = ParameterIn.QUERY, name = "timeout", description = "How long to wait for the answer", schema = @Schema(type = "string"), example = "500ms"),
			@Parameter(in = ParameterIn.QUERY, name = "socket", schema = @Schema(type = "string", allowableValues = {
					"connected", "unconnected"})),
			@Parameter(in = ParameterIn.QUERY, name = "ttl", description = "How many hops it may go: TTL, hop limit", schema = @Schema(type = "integer", minimum = "1", maximum = "255")),
			@Parameter(in = ParameterIn.QUERY, name = "dscp", description = "Class of service", schema = @Schema(type = "integer", minimum = "0", maximum = "63")),
			@Parameter(in = ParameterIn.QUERY, name = "dontFragment", description = "Whether it must arrive whole or not at all", schema = @Schema(type = "boolean")),
			@Parameter(in = ParameterIn.QUERY, name = "source", description = "The local address to send from", schema = @Schema(type = "string"))})
	@interface Query {
	}

	/**
	 * Stands at one of the four handlers for all of them; the others are hidden.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@Operation(summary = "Sends one datagram and says what came of it", description = "A text and bytes are the message, and get the reply as their answer; the other fields are in the query then.", requestBody = @RequestBody(required = true, content = {
			@Content(mediaType = "application/json", schema = @Schema(implementation = Fields.class), examples = @ExampleObject(FIELDS)),
			@Content(mediaType = "application/x-www-form-urlencoded", schema = @Schema(implementation = Fields.class)),
			@Content(mediaType = "text/plain", schema = @Schema(type = "string", example = "hello")),
			@Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))}))
	@Query
	@Answers
	@interface Send {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(summary = "Sends each line as one datagram, and answers each with one line before the next is read", description = "The interactive client, as in curl -sNT . localhost:8080/send/lines. What is not a reply starts with '! '.", requestBody = @RequestBody(content = @Content(mediaType = "text/plain", schema = @Schema(type = "string", example = "one\\ntwo"))))
	@Query
	@interface Lines {
	}

}
