package dev.udpprobe.web;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The stream of events, as a program reads it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventsTests extends HttpTests {

	private static final Path FILE = TARGET_FILES.resolve("events.yaml");

	private final List<RawRequest> open = new ArrayList<>();

	@Autowired
	private EventStreams streams;

	private record Event(String name, JsonNode data) {}

	@AfterEach
	void close() throws Exception {
		for (RawRequest request : this.open) {
			request.close();
		}
		delete();
		await().until(() -> this.streams.count() == 0);
	}

	private void write(String group) throws Exception {
		Files.writeString(FILE, group);
		assertThat(this.http.reload()).isEqualTo(200);
	}

	private void delete() throws Exception {
		Files.deleteIfExists(FILE);
		assertThat(this.http.reload()).isEqualTo(200);
	}

	private RawRequest watch(String query) throws IOException {
		RawRequest request = new RawRequest(this.port, "GET /events" + query);
		this.open.add(request);
		assertThat(request.head()).startsWith("HTTP/1.1 200").contains("Content-Type: text/event-stream")
				.contains("Cache-Control: no-store");
		return request;
	}

	private static Event next(RawRequest request) throws IOException {
		String name = request.line();
		String data = request.line();
		assertThat(request.line()).isEmpty();
		return new Event(name.replaceFirst("^event: ", ""),
				JsonMapper.shared().readTree(data.replaceFirst("^data: ", "")));
	}

	private static Event next(RawRequest request, String name) throws IOException {
		Event event = next(request);
		while (!event.name().equals(name)) {
			event = next(request);
		}
		return event;
	}

	@Test
	void tellsOfTheServiceOnceAndOfItsTargetsEachTime() throws Exception {
		RawRequest stream = watch("");
		Event service = next(stream);
		assertThat(service.name()).isEqualTo("service");
		assertThat(service.data().path("target").asString()).isEqualTo("echo");
		assertThat(service.data().path("api").asString()).isEqualTo("swagger-ui.html");
		for (int i = 0; i < 2; i++) {
			Event summary = next(stream);
			assertThat(summary.name()).isEqualTo("summary");
			assertThat(summary.data().path("targets").asInt()).isEqualTo(3);
			assertThat(summary.data().path("byHand").asInt()).isEqualTo(3);
			assertThat(summary.data().path("wrongFiles").asInt()).isZero();
		}
	}

	@Test
	void aFileThatIsWrongIsTold() throws Exception {
		Files.writeString(FILE, "- targets: [");
		assertThat(this.http.reload()).isEqualTo(500);
		assertThat(next(watch(""), "summary").data().path("wrongFiles").asInt()).isOne();
	}

	@Test
	void ofAPageOfTargetsItTellsWhatChanges() throws Exception {
		String group = """
				- targets: ["%s"]
				  labels: {__name: watched, __module: echo, __interval: 500ms, site: fra}
				""".formatted(echoAddress());
		write(group);
		RawRequest stream = watch("?watch=targets&label=site%3Dfra&sort=worst&limit=5");
		Event page = next(stream, "page");
		assertThat(page.data()).hasToString("{\"total\":1,\"names\":[\"watched\"]}");
		JsonNode row = next(stream, "targets").data().get(0);
		assertThat(row.path("address").asString()).isEqualTo(echoAddress());
		assertThat(row.path("labels").path("site").asString()).isEqualTo("fra");
		while (!row.path("state").asString("").equals("up")) {
			row = next(stream, "targets").data().get(0);
		}
		row = next(stream, "targets").data().get(0);
		assertThat(row.path("name").asString()).isEqualTo("watched");
		assertThat(row.has("address")).as("what has not changed").isFalse();
		assertThat(row.path("rounds")).isNotEmpty().allSatisfy((round) -> assertThat(round.isNumber()).isTrue());
		write(group.replace("echo", "word"));
		while (!row.has("address")) {
			row = next(stream, "targets").data().get(0);
		}
		assertThat(row.path("module").asString()).as("what is told anew of who is asked anew").isEqualTo("word");
		delete();
		assertThat(next(stream, "page").data()).hasToString("{\"total\":0,\"names\":[]}");
	}

	@Test
	void ofATargetItTellsAllAndThenItsNewRounds() throws Exception {
		String group = """
				- targets: ["%s"]
				  labels: {__name: a.b, __module: echo, __interval: 500ms}
				""".formatted(echoAddress());
		write(group);
		RawRequest stream = watch("?watch=target&target=a.b");
		JsonNode target = next(stream, "target").data();
		assertThat(target.path("target").path("name").asString()).isEqualTo("a.b");
		assertThat(target.path("schedule").path("intervalMillis").asInt()).isEqualTo(500);
		List<Long> times = new ArrayList<>();
		while (times.size() < 4) {
			target.path("rounds").path("times").forEach((time) -> times.add(time.asLong()));
			target = next(stream, "target").data();
			assertThat(target.has("schedule")).as("what has not changed").isFalse();
		}
		assertThat(times).isSorted().doesNotHaveDuplicates();
		write(group.replace("echo", "word"));
		assertThat(next(stream, "gone").data().path("name").asString()).isEqualTo("a.b");
		target = next(stream, "target").data();
		assertThat(target.path("target").path("module").asString()).isEqualTo("word");
		assertThat(target.path("rounds").path("times").size()).as("those of who is asked anew").isLessThan(4);
		delete();
		assertThat(next(stream, "gone").data().path("name").asString()).isEqualTo("a.b");
		write(group);
		assertThat(next(stream, "target").data().has("schedule")).as("all of it again").isTrue();
	}

	@Test
	void ofTheEchoServerItTellsTheLastHourOnce() throws Exception {
		RawRequest stream = watch("?watch=echo");
		JsonNode first = next(stream, "echo").data();
		assertThat(first.path("port").asInt()).isEqualTo(this.echoServer.port());
		assertThat(first.path("listening").asBoolean()).isTrue();
		assertThat(first.path("samples")).isNotEmpty();
		long received = first.path("now").path("received").asLong();
		this.http.form("message=hello").json();
		JsonNode later = next(stream, "echo").data();
		assertThat(later.path("samples")).as("what was told").isEmpty();
		while (later.path("now").path("received").asLong() == received) {
			later = next(stream, "echo").data();
		}
	}

	@ParameterizedTest
	@CsvSource({"watch=nothing, watch", "watch=target, target", "watch=echo&target=echo, target",
			"watch=target&target=echo&limit=5, limit",
			"sort=name, sort", "watch=targets&limit=201, limit", "watch=targets&sort=best, sort",
			"since=1, since"})
	void whatCannotBeWatchedIsRefused(String query, String field) throws Exception {
		assertThat(this.http.get("/events?" + query).problem(400)).containsEntry("field", field);
	}

	@Test
	void aQueryThatIsTooLongIsRefusedBeforeAnythingIsTold() throws Exception {
		String labels = IntStream.range(0, 7).mapToObj((i) -> "&label=a%d=%s".formatted(i, "x".repeat(250)))
				.collect(Collectors.joining());
		assertThat(this.http.get("/events?watch=targets" + labels).problem(400)).containsEntry("field", "query");
	}

	@Test
	void aPageOfAnotherSiteWatchesNothing() throws Exception {
		this.http.ask(this.http.request("/events").header("Sec-Fetch-Site", "cross-site")).problem(403);
		assertThat(this.http.ask(this.http.request("/events").method("HEAD", HttpRequest.BodyPublishers.noBody()))
				.status())
				.isEqualTo(405);
	}

	@Test
	void thereAreOnlySoMany() throws Exception {
		for (int i = 0; i < EventStreams.MAX; i++) {
			watch("");
		}
		Http.Answer answer = this.http.get("/events");
		assertThat(answer.problem(503)).containsEntry("title", "saturated");
		assertThat(answer.header("Retry-After")).isEqualTo("1");
	}

	@Test
	void theyEndWhenTheServiceStops() throws Exception {
		RawRequest stream = watch("?watch=echo");
		next(stream, "echo");
		this.streams.stop();
		try {
			assertThat(this.http.get("/events").problem(503)).containsEntry("title", "saturated");
			String before = stream.line();
			String line = stream.line();
			while (!before.isEmpty() || !line.isEmpty()) {
				before = line;
				line = stream.line();
			}
		}
		finally {
			this.streams.start();
		}
		assertThat(this.streams.count()).isZero();
	}

}
