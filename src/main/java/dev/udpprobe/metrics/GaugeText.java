package dev.udpprobe.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Gauges in Prometheus' text format 0.0.4, sorted by name. The writer of Prometheus' own library is no match: in a virtual thread its
 * BufferedWriter grows by one character at a time, so the text is copied thousands of times.
 */
final class GaugeText {

	static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

	/** What each is, by name. */
	private final SortedMap<String, String> gauges = new TreeMap<>();

	boolean has(String name) {
		return this.gauges.containsKey(name);
	}

	/**
	 * @param name letters, digits and underscores, no digit first; in the place of a gauge that has it
	 */
	void gauge(String name, String help, double value) {
		this.gauges.put(name, head(name, help).append(name).append(' ').append(value).append('\n').toString());
	}

	/**
	 * @param label its name; of letters, digits and underscores, no digit first
	 * @param values by the values of the label
	 */
	void gauge(String name, String help, String label, SortedMap<String, Double> values) {
		StringBuilder text = head(name, help);
		values.forEach((key, value) -> text.append(name)
				.append(labels(Map.of(label, key)))
				.append(' ')
				.append(value.doubleValue())
				.append('\n'));
		this.gauges.put(name, text.toString());
	}

	/**
	 * A gauge of 1, for the sake of its labels.
	 * @param labels without lone surrogates
	 */
	void info(String name, String help, SortedMap<String, String> labels) {
		this.gauges.put(name, head(name, help).append(name).append(labels(labels)).append(" 1\n").toString());
	}

	private static StringBuilder head(String name, String help) {
		return new StringBuilder("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name)
				.append(" gauge\n");
	}

	private static String labels(Map<String, String> labels) {
		StringJoiner text = new StringJoiner(",", "{", "}");
		labels.forEach((label, value) -> text.add(label + "=\"" + escaped(value) + '"'));
		return text.toString();
	}

	private static String escaped(String value) {
		return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
	}

	@Override
	public String toString() {
		return String.join("", this.gauges.values());
	}

}
