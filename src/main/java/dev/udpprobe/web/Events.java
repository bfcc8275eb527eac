package dev.udpprobe.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes server-sent events (HTML, 9.2) of one client, each of which has JSON. Of what was told before, it has only what has changed.
 * For one thread.
 */
final class Events {

	private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {
	};

	private final OutputStream out;

	private final Map<String, Map<String, Object>> told = new HashMap<>();

	private Events(OutputStream out) {
		this.out = out;
	}

	static Events of(HttpServletResponse response) throws IOException {
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		// For nginx, which would hold it back.
		response.setHeader("X-Accel-Buffering", "no");
		return new Events(response.getOutputStream());
	}

	/**
	 * Tells what has changed of something, if anything has.
	 */
	void tell(String event, Object view) throws IOException {
		Map<String, Object> changed = changed(this.told.computeIfAbsent(event, (_) -> new HashMap<>()), fields(view));
		if (!changed.isEmpty()) {
			write(event, changed);
		}
	}

	static Map<String, Object> fields(Object view) {
		return JsonMapper.shared().convertValue(view, FIELDS);
	}

	/**
	 * @param former what was told before, which becomes what is told now
	 * @return what of it is new; null where something is not there any more
	 */
	static Map<String, Object> changed(Map<String, Object> former, Map<String, Object> now) {
		Map<String, Object> changed = new LinkedHashMap<>();
		now.forEach((name, value) -> {
			if (!value.equals(former.get(name))) {
				changed.put(name, value);
			}
		});
		former.keySet().stream().filter((name) -> !now.containsKey(name)).forEach((name) -> changed.put(name, null));
		former.keySet().retainAll(now.keySet());
		former.putAll(now);
		return changed;
	}

	/**
	 * Writes something as it is.
	 */
	void write(String event, Object data) throws IOException {
		// JSON has no line feeds, which would end the event.
		this.out.write("event: %s\ndata: %s\n\n".formatted(event, JsonMapper.shared().writeValueAsString(data))
				.getBytes(StandardCharsets.UTF_8));
	}

	void flush() throws IOException {
		this.out.flush();
	}

}
