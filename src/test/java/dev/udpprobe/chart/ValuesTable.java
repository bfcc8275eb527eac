package dev.udpprobe.chart;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The values of the chart as a table, from the comments that stand above them.
 */
final class ValuesTable {

	private static final String COMMENT = "-- ";

	private final List<String> rows = new ArrayList<>();

	private final List<String> withoutMeaning = new ArrayList<>();

	private ValuesTable() {}

	static ValuesTable of(Path values) throws IOException {
		LoaderOptions options = new LoaderOptions();
		options.setProcessComments(true);
		try (Reader reader = Files.newBufferedReader(values)) {
			ValuesTable table = new ValuesTable();
			table.add("", (MappingNode) new Yaml(new SafeConstructor(options)).compose(reader), false);
			return table;
		}
	}

	String markdown() {
		return "| Key | Default | Meaning |\n|---|---|---|\n"
				+ this.rows.stream().map((row) -> row + "\n").collect(Collectors.joining());
	}

	/**
	 * @return keys that have no comment, nor is there one above or below them
	 */
	List<String> withoutMeaning() {
		return this.withoutMeaning;
	}

	/**
	 * @return whether a key in it has a comment
	 */
	private boolean add(String prefix, MappingNode mapping, boolean explained) {
		boolean any = false;
		for (NodeTuple tuple : mapping.getValue()) {
			String key = prefix + ((ScalarNode) tuple.getKeyNode()).getValue();
			String meaning = meaning(tuple.getKeyNode());
			int row = this.rows.size();
			boolean below = tuple.getValueNode() instanceof MappingNode nested
					&& add(key + ".", nested, explained || !meaning.isEmpty());
			if (!meaning.isEmpty()) {
				String value = below ? "" : "`%s`".formatted(text(tuple.getValueNode()));
				this.rows.add(row, "| `%s` | %s | %s |".formatted(key, value, meaning).replace("|  |", "| |"));
			}
			else if (!below && !explained) {
				this.withoutMeaning.add(key);
			}
			any |= below || !meaning.isEmpty();
		}
		return any;
	}

	private static String meaning(Node key) {
		return key.getBlockComments() == null
				? ""
				: key.getBlockComments()
						.stream()
						.map((line) -> line.getValue().strip())
						.dropWhile((line) -> !line.startsWith(COMMENT))
						.map((line) -> line.startsWith(COMMENT) ? line.substring(COMMENT.length()) : line)
						.collect(Collectors.joining(" "));
	}

	private static String text(Node node) {
		return switch (node) {
			case MappingNode mapping -> mapping.getValue()
					.stream()
					.map((tuple) -> text(tuple.getKeyNode()) + ": " + text(tuple.getValueNode()))
					.collect(Collectors.joining(", ", "{", "}"));
			case SequenceNode sequence ->
				sequence.getValue().stream().map(ValuesTable::text).collect(Collectors.joining(", ", "[", "]"));
			case ScalarNode scalar -> scalar.isPlain() ? scalar.getValue() : "\"%s\"".formatted(scalar.getValue());
			default -> throw new IllegalArgumentException(node.toString());
		};
	}

}
