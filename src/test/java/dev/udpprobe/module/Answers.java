package dev.udpprobe.module;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What layouts find in datagrams, as text.
 */
final class Answers {

	private Answers() {}

	/**
	 * @param hex the datagram
	 * @return the values, or a dash if it is not of the layout
	 */
	static String found(String layout, @Nullable String hex, Map<String, byte[]> sent) {
		byte[] datagram = HexFormat.of().parseHex((hex != null) ? hex.replace(" ", "") : "");
		Match match = new Match(datagram, sent);
		List<AnswerParser.Layout> layouts = AnswerParser.parseAll(layout,
				Layouts.Names.of(sent.keySet()));
		if (!layouts.stream().map(AnswerParser.Layout::parts).allMatch(match::matches)) {
			return "-";
		}
		return Said.ByLayout.fields(match.found())
				.entrySet()
				.stream()
				.map((field) -> field.getKey() + "=" + text(field.getValue()))
				.collect(Collectors.joining(", "));
	}

	private static String text(FieldValue value) {
		return switch (value) {
			case FieldValue.Texts(List<String> texts) -> String.join("+", texts);
			case FieldValue.Bytes(byte[] bytes) -> HexFormat.of().withUpperCase().formatHex(bytes);
			default -> Sentence.text(value);
		};
	}

}
