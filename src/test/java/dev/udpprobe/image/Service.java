package dev.udpprobe.image;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The HTTP port of a container.
 */
record Service(String host, int port) {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	/**
	 * An exchange of the message hello.
	 */
	HttpResponse<String> send(String query) throws IOException, InterruptedException {
		return HTTP.send(HttpRequest.newBuilder(uri("/send" + query))
				.header("Content-Type", "text/plain")
				.POST(BodyPublishers.ofString("hello"))
				.build(), BodyHandlers.ofString());
	}

	/**
	 * @return the status, or 0 if there is no answer in time
	 */
	CompletableFuture<Integer> sendLater(String json) {
		HttpRequest request = HttpRequest.newBuilder(uri("/send"))
				.header("Content-Type", "application/json")
				.timeout(Duration.ofSeconds(20))
				.POST(BodyPublishers.ofString(json))
				.build();
		return HTTP.sendAsync(request, BodyHandlers.discarding())
				.handle((response, _) -> (response != null) ? response.statusCode() : 0);
	}

	private URI uri(String path) {
		return URI.create("http://%s:%d%s".formatted(this.host, this.port, path));
	}

}
