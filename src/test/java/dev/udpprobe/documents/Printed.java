package dev.udpprobe.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command prints, in a form in which two runs of it are the same: what differs from run to run is replaced. JSON is compared by
 * its fields in their order, however its lines are broken.
 */
public final class Printed {

	/** Whatever is measured. An address has more than one dot. */
	private static final Pattern DECIMAL = Pattern.compile("(?<![\\d.])\\d[\\d,]*\\.\\d+(?!\\d|\\.\\d)");

	/** A port behind an address, but for those of the service. */
	private static final Pattern LOCAL_PORT = Pattern.compile("(?<=[\\d\\]]):(?!(7007|8080)\\b)\\d{4,5}\\b");

	/** In JSON, whatever differs and is no decimal. */
	private static final Pattern NUMBER = Pattern.compile("(?<=\"(localPort|elapsedMillis)\":)\\d+");

	private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

	/** The width of a column depends on what is measured. */
	private static final Pattern BLANKS = Pattern.compile(" +");

	private Printed() {}

	/**
	 * @param text what was printed, or what a document says is printed
	 */
	public static String comparable(String text) {
		boolean json = text.startsWith("{") || text.startsWith("[");
		return replaced(json ? json(text) : BLANKS.matcher(text).replaceAll(" ").strip());
	}

	private static String json(String text) {
		// A document may break a line within a text, before a blank.
		String line = text.lines().collect(Collectors.joining());
		List<String> values = new ArrayList<>();
		try (JsonParser in = JsonMapper.shared().createParser(line)) {
			while (in.nextToken() != null) {
				JsonNode value = in.readValueAsTree();
				values.add(value.toString());
			}
		}
		return String.join("\n", values);
	}

	private static String replaced(String text) {
		String withoutTimes = INSTANT.matcher(NUMBER.matcher(text).replaceAll("0")).replaceAll("TIME");
		return LOCAL_PORT.matcher(DECIMAL.matcher(withoutTimes).replaceAll("0.0")).replaceAll(":PORT");
	}

}
