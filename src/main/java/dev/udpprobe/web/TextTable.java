package dev.udpprobe.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table for a terminal: one line for each row, and none with anything that a terminal would take for an order.
 */
final class TextTable {

	private final List<String> headings = new ArrayList<>();

	/** For each column, whether it is of numbers, which end below one another. */
	private final List<Boolean> numbers = new ArrayList<>();

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * @param headings of the columns; of one of numbers with {@code >} in front
	 */
	TextTable(String... headings) {
		for (String heading : headings) {
			boolean ofNumbers = heading.startsWith(">");
			this.numbers.add(ofNumbers);
			this.headings.add(ofNumbers ? heading.substring(1) : heading);
		}
		this.rows.add(this.headings);
	}

	/**
	 * @param cells one for each column
	 */
	void add(String... cells) {
		this.rows.add(List.of(cells).stream().map(ReplyText::printable).toList());
	}

	/**
	 * @return without a line feed at the end
	 */
	@Override
	public String toString() {
		int[] widths = IntStream.range(0, this.headings.size())
				.map((column) -> this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
				.toArray();
		return this.rows.stream().map((row) -> line(row, widths)).collect(Collectors.joining("\n"));
	}

	private String line(List<String> row, int[] widths) {
		return IntStream.range(0, widths.length)
				.mapToObj((column) -> {
					String blanks = " ".repeat(widths[column] - row.get(column).length());
					return this.numbers.get(column) ? blanks + row.get(column) : row.get(column) + blanks;
				})
				.collect(Collectors.joining("  "))
				.stripTrailing();
	}

}
