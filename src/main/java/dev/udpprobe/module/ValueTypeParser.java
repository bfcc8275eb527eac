package dev.udpprobe.module;

import org.jspecify.annotations.Nullable;

/**
 * Reads how a value of an answer is read.
 */
final class ValueTypeParser {

	private static final int MAX_LENGTH = 65_535;

	private static final String TAKES = "it takes text, bytes, bits N, cstring, line, digits, int, uint, ipv4, ipv6, ntp-time, ntp-seconds, unix-time, unix-millis, or "
			+ NumberType.NAMES;

	private final Cursor in;

	private final Layouts.Names known;

	private ValueTypeParser(Cursor in, Layouts.Names known) {
		this.in = in;
		this.known = known;
	}

	/**
	 * @param known what a value may be XORed with
	 * @throws SyntaxException if it is none
	 */
	static ValueType parse(Cursor in, Layouts.Names known) {
		ValueTypeParser parser = new ValueTypeParser(in, known);
		ValueType type = parser.type();
		return in.take("=") ? parser.ranged(type) : type;
	}

	private ValueType ranged(ValueType type) {
		int start = this.in.at();
		if (!(type instanceof ValueType.Numeric || type instanceof ValueType.Digits
				|| type instanceof ValueType.Integral)) {
			throw this.in.wrong(start, "only a number can be told to be in a range");
		}
		if (Alternatives.plain(this.in) instanceof Alternative.Range range) {
			return new ValueType.Ranged(type, range);
		}
		throw this.in.wrong(start, "it takes a number of at most 18 digits, or a range such as 1..5");
	}

	private ValueType type() {
		int start = this.in.at();
		String word = this.in.word();
		NumberType number = NumberType.of(word);
		if (number != null) {
			return new ValueType.Numeric(number, xor(number.length()));
		}
		return switch (word) {
			case "text" -> bytes(ValueType.Form.TEXT);
			case "bytes" -> bytes(ValueType.Form.BYTES);
			case "cstring" -> new ValueType.Ended((byte) 0);
			case "line" -> new ValueType.Ended((byte) '\n');
			case "digits" -> new ValueType.Digits();
			case "int" -> new ValueType.Integral(true);
			case "uint" -> new ValueType.Integral(false);
			case "ipv4" -> new ValueType.Fixed(4, ValueType.Form.ADDRESS, xor(4));
			case "ipv6" -> new ValueType.Fixed(16, ValueType.Form.ADDRESS, xor(16));
			case "ntp-time" -> new ValueType.Fixed(8, ValueType.Form.NTP_TIME, null);
			case "ntp-seconds" -> new ValueType.Fixed(4, ValueType.Form.NTP_TIME, null);
			case "unix-time" -> new ValueType.Fixed(4, ValueType.Form.UNIX_TIME, null);
			case "unix-millis" -> new ValueType.Fixed(8, ValueType.Form.UNIX_MILLIS, null);
			default -> throw this.in.wrong(start, TAKES);
		};
	}

	private ValueType bytes(ValueType.Form form) {
		this.in.blanks();
		return this.in.isAtDigit()
				? new ValueType.Fixed(this.in.number("the number of bytes", 1, MAX_LENGTH), form, null)
				: new ValueType.Rest(form);
	}

	private ValueType.@Nullable Xor xor(int length) {
		int start = this.in.at();
		if (!this.in.take("^")) {
			return null;
		}
		byte[] bytes = Literals.hex(this.in);
		int nameAt = this.in.at();
		String name = this.in.take("+") ? this.in.name() : null;
		if (name != null && !this.known.has(name)) {
			throw this.in.wrong(nameAt, "%s was not sent".formatted(name));
		}
		if (name != null && this.known.hasSecret(name)) {
			throw this.in.wrong(nameAt, LayoutParser.NO_SECRET);
		}
		if (name == null && bytes.length != length) {
			throw this.in.wrong(start, "it takes %d bytes".formatted(length));
		}
		return new ValueType.Xor(bytes, name);
	}

}
