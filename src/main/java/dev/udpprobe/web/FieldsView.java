package dev.udpprobe.web;

import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import dev.udpprobe.module.FieldValue;

/**
 * What an answer says, as JSON: numbers are numbers, unless the protocol has names for them; bytes are hexadecimal digits.
 */
final class FieldsView {

	private FieldsView() {}

	static Map<String, Object> of(SequencedMap<String, FieldValue> fields) {
		Map<String, Object> view = new LinkedHashMap<>();
		fields.forEach((name, value) -> view.put(name, value(value)));
		return view;
	}

	private static Object value(FieldValue value) {
		return switch (value) {
			case FieldValue.Number(long number) -> number;
			case FieldValue.Code(_, String name) -> name;
			case FieldValue.Text(String text) -> text;
			case FieldValue.Time(Instant time) -> time.toString();
			case FieldValue.Bytes(byte[] bytes) -> HexFormat.of().formatHex(bytes);
			case FieldValue.Texts(List<String> texts) -> texts;
		};
	}

}
