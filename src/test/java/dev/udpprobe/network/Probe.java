package dev.udpprobe.network;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import dev.udpprobe.web.Http;

/**
 * Asks the service at {@link Node#C} to send.
 */
record Probe(Mode mode, Lab lab) {

	/** For exchanges that nothing ends before. */
	static final String SHORT = "250ms";

	/** For exchanges that something ends. */
	static final String LONG = "8s";

	static final String MESSAGE = "hello";

	Http http() {
		return this.lab.service(this.mode).http();
	}

	/**
	 * Sends {@link #MESSAGE}.
	 * @param outcome the one that is expected, and asserted
	 * @param fields further ones, as {@code name=value}
	 */
	Answer expect(String outcome, String target, String... fields) throws IOException, InterruptedException {
		return expect(outcome, MESSAGE, target, fields);
	}

	/**
	 * Sends a message of a length.
	 */
	Answer expect(String outcome, int length, String target, String... fields)
			throws IOException, InterruptedException {
		return expect(outcome, "x".repeat(length), target, fields);
	}

	private Answer expect(String outcome, String message, String target, String... fields)
			throws IOException, InterruptedException {
		String timeout = List.of("timed-out", "misaddressed").contains(outcome) ? SHORT : LONG;
		return send(message, target, timeout, fields).hasOutcome(outcome);
	}

	/**
	 * Sends {@link #MESSAGE} from another thread.
	 */
	CompletableFuture<Answer> later(Executor executor, String target, String timeout, String... fields) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return send(MESSAGE, target, timeout, fields);
			}
			catch (IOException | InterruptedException ex) {
				throw new CompletionException(ex);
			}
		}, executor);
	}

	/**
	 * Sends, and expects nothing.
	 */
	Answer send(String message, String target, String timeout, String... fields)
			throws IOException, InterruptedException {
		StringBuilder form = new StringBuilder(
				"message=%s&target=%s&timeout=%s".formatted(message, target, timeout));
		for (String field : fields) {
			form.append('&').append(field);
		}
		return new Answer(http().form(form.toString()), this.mode);
	}

}
