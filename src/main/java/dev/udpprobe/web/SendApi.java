package dev.udpprobe.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;

/**
 * What the OpenAPI description says of sending.
 */
final class SendApi {

	private SendApi() {}

	/**
	 * Stands at one of the handlers for all of them; the others are hidden.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@Operation(tags = OpenApiConfiguration.SEND, summary = "Sends one datagram and says what came of it", description = """
			JSON and a form have the message and all other fields in the body, and the answer is JSON. A text or bytes are the \
			message itself: then the query has the other fields, and the body of the answer is the reply. The header Accept \
			may ask for JSON or for a line of text instead.""", requestBody = @RequestBody(required = true, content = {
			@Content(mediaType = "text/plain", schema = @Schema(type = "string", example = "hello")),
			@Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))}))
	@Takes({Field.Request.SEND, Field.Request.QUERY})
	@Gives({Response.REPLIED, Response.REPLY, Response.TOO_BIG, Response.NO_TTL, Response.REFUSED, Response.UNREACHABLE,
			Response.EXPIRED, Response.MISADDRESSED, Response.MISMATCHED, Response.TIMED_OUT})
	@Gives.WrongRequest
	@Gives.NothingSent
	@interface Send {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Operation(tags = OpenApiConfiguration.SEND, summary = "Sends each line as one datagram, and answers each with one line before the next is read", description = """
			The interactive client, as in `curl -sNT . localhost:8080/send/lines`.""", requestBody = @RequestBody(required = true, content = @Content(mediaType = "text/plain", schema = @Schema(type = "string", example = "one\ntwo"))))
	@Takes(Field.Request.QUERY)
	@Gives({Response.LINES, Response.NO_TTL})
	@Gives.WrongRequest
	@interface Lines {
	}

}
