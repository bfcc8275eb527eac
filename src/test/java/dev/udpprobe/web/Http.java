package dev.udpprobe.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks the service under test.
 */
public final class Http {

	/** No name comes twice. */
	private static final JsonMapper STRICT = JsonMapper.builder()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build();

	public static final String FORM = "application/x-www-form-urlencoded";

	public static final String JSON = "application/json";

	public static final String TEXT = "text/plain";

	public static final String BYTES = "application/octet-stream";

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int port;

	public Http(int port) {
		this.port = port;
	}

	/**
	 * What the service said.
	 */
	public record Answer(HttpResponse<byte[]> response) {

		public int status() {
			return this.response.statusCode();
		}

		public String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		public byte[] bytes() {
			return this.response.body();
		}

		public String text() {
			return new String(bytes(), StandardCharsets.UTF_8);
		}

		public Map<String, Object> json() {
			return STRICT.readValue(bytes(), new TypeReference<>() {
			});
		}

		/**
		 * Asserts that it is a problem (RFC 9457).
		 * @return its fields
		 */
		public Map<String, Object> problem(int status) {
			assertThat(status()).as(text()).isEqualTo(status);
			assertThat(header("Content-Type")).as(text()).isEqualTo("application/problem+json");
			assertThat(json()).containsEntry("status", status).containsKeys("title", "detail", "instance");
			return json();
		}

	}

	public HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(this.port, path)))
				.timeout(Duration.ofSeconds(60));
	}

	public Answer ask(HttpRequest.Builder request) throws IOException, InterruptedException {
		return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
	}

	public Answer get(String path) throws IOException, InterruptedException {
		return ask(request(path));
	}

	public Answer post(String path, String type, byte[] body) throws IOException, InterruptedException {
		return ask(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
	}

	public Answer post(String path, String type, String body) throws IOException, InterruptedException {
		return post(path, type, body.getBytes(StandardCharsets.UTF_8));
	}

	public Answer json(String body) throws IOException, InterruptedException {
		return post("/send", JSON, body);
	}

	/**
	 * Has the files of the configuration read now. By itself the service looks at them every few seconds.
	 * @return the status of the answer
	 */
	public int reload() throws IOException, InterruptedException {
		return ask(request("/-/reload").POST(HttpRequest.BodyPublishers.noBody())).status();
	}

	public Answer form(String body) throws IOException, InterruptedException {
		return post("/send", FORM, body);
	}

	/**
	 * The samples of {@code /actuator/prometheus} that start like this, by name and labels.
	 */
	public Map<String, Double> samples(String prefix) throws IOException, InterruptedException {
		Map<String, Double> samples = new TreeMap<>();
		get("/actuator/prometheus").text()
				.lines()
				.filter((line) -> line.startsWith(prefix) && !line.startsWith("#"))
				.forEach((line) -> samples.put(line.substring(0, line.lastIndexOf(' ')),
						Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
		return samples;
	}

	/**
	 * The sum of a metric over all its labels.
	 */
	public double sum(String metric) throws IOException, InterruptedException {
		return samples(metric).values().stream().mapToDouble(Double::doubleValue).sum();
	}

}
