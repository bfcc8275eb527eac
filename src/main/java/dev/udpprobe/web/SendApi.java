package dev.udpprobe.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.swagger.v3.oas.annotations.Operation;
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

	private static final String REFUSED = """
			{"type": "urn:udp-probe:refused", "title": "refused", "status": 502, "instance": "/send",
			 "detail": "127.0.0.1:9 refused: nobody listens on that port (ICMP port unreachable).",
			 "outcome": "refused", "target": "127.0.0.1:9", "remoteAddress": "127.0.0.1:9",
			 "localAddress": "127.0.0.1:49152", "bytesSent": 5, "bytesReceived": 0, "roundTripMicros": 11.842, "clock": "kernel", "overheadMicros": 60.31,
			 "icmp": {"type": 3, "code": 3, "meaning": "port-unreachable", "reporter": "127.0.0.1"}}""";

	private SendApi() {}

	@Retention(RetentionPolicy.RUNTIME)
	@ApiResponses({
			@ApiResponse(responseCode = "200", description = "replied", content = @Content(schema = @Schema(implementation = ExchangeView.class))),
			@ApiResponse(responseCode = "400", description = "a field is missing or has a value that is not taken", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "403", description = "the policy does not allow the target, or a web page of another site asks", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "408", description = "the body does not end", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "413", description = "too-big", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "421", description = "the request names a host that is not allowed", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "501", description = "a field needs detail of the kernel that is not available here", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "502", description = "refused, unreachable, expired, misaddressed, not-sent or unresolved", content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(REFUSED))),
			@ApiResponse(responseCode = "503", description = "too many exchanges are in flight, or too much in the bodies of requests", content = @Content(mediaType = "application/problem+json")),
			@ApiResponse(responseCode = "504", description = "timed-out", content = @Content(mediaType = "application/problem+json"))})
	@interface Responses {
	}

	/**
	 * Stands at one of the handlers for all of them; the others are hidden.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@Operation(summary = "Sends one datagram and says what came of it", description = "Where the body is a text or bytes, it is the message, the query has the other fields, and the body of the answer is the reply.", requestBody = @RequestBody(required = true, content = {
			@Content(mediaType = "text/plain", schema = @Schema(type = "string", example = "hello")),
			@Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))}))
	@Takes({Field.Request.SEND, Field.Request.QUERY})
	@Responses
	@interface Send {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(summary = "Sends each line as one datagram, and answers each with one line before the next is read", description = "The interactive client, as in curl -sNT . localhost:8080/send/lines. What is not a reply starts with '! '.", requestBody = @RequestBody(content = @Content(mediaType = "text/plain", schema = @Schema(type = "string", example = "one\\ntwo"))))
	@Takes(Field.Request.QUERY)
	@interface Lines {
	}

}
