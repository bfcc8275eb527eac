package dev.udpprobe.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer that is written line by line, each as soon as it is known: JSON, or text.
 */
final class AnswerLines {

	private final OutputStream out;

	private final boolean text;

	/**
	 * Nothing more can be answered.
	 */
	static final class ClientLeftException extends RuntimeException {

		private ClientLeftException(IOException cause) {
			super(cause);
		}

		ClientLeftException() {}

	}

	private AnswerLines(OutputStream out, boolean text) {
		this.out = out;
		this.text = text;
	}

	static AnswerLines of(AnswerForm form, HttpServletResponse response) throws IOException {
		boolean text = form == AnswerForm.TEXT;
		response.setContentType(text ? Answers.TEXT.toString() : MediaType.APPLICATION_NDJSON_VALUE);
		return new AnswerLines(response.getOutputStream(), text);
	}

	/**
	 * Writes what stands over lines of text.
	 * @throws ClientLeftException if nobody reads it
	 */
	void head(Supplier<String> head) {
		if (this.text) {
			write(head.get());
		}
	}

	/**
	 * @param json a line of JSON
	 * @param line the same as text
	 * @throws ClientLeftException if nobody reads it
	 */
	void line(Object json, Supplier<String> line) {
		write(this.text ? line.get() : JsonMapper.shared().writeValueAsString(json));
	}

	private void write(String line) {
		try {
			this.out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
			this.out.flush();
		}
		catch (IOException ex) {
			throw new ClientLeftException(ex);
		}
	}

}
