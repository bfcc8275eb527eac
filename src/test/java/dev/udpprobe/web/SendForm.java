package dev.udpprobe.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.web.Http.Answer;

/**
 * The forms that a request to send has.
 */
enum SendForm {

	JSON(Http.JSON), FORM(Http.FORM), TEXT(Http.TEXT), BYTES(Http.BYTES);

	private final String type;

	SendForm(String type) {
		this.type = type;
	}

	String type() {
		return this.type;
	}

	/**
	 * Whether the reply is the body of the answer.
	 */
	boolean isBody() {
		return this == TEXT || this == BYTES;
	}

	Answer send(Http http, String message, Map<String, String> options) throws IOException, InterruptedException {
		if (isBody()) {
			return http.post("/send?" + urlEncoded(options), this.type, message);
		}
		Map<String, String> fields = new TreeMap<>(options);
		fields.put("message", message);
		return http.post("/send", this.type,
				(this == FORM) ? urlEncoded(fields) : JsonMapper.shared().writeValueAsString(fields));
	}

	/**
	 * The text that came back.
	 */
	String reply(Answer answer) {
		return isBody() ? answer.text() : String.valueOf(answer.json().get("reply"));
	}

	static String urlEncoded(Map<String, String> fields) {
		return fields.entrySet()
				.stream()
				.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
				.collect(Collectors.joining("&"));
	}

}
