package dev.udpprobe.module;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a datagram has to be, and which values are to be found in it.
 */
final class AnswerParser extends LayoutParser<Part> {

	private static final int MAX_LENGTH = 65_535;

	private static final String TAKES = "it takes text, bytes, bits N, cstring, line, digits, int, uint, ipv4, ipv6, ntp-time, unix-time, unix-millis, or "
			+ NumberType.NAMES;

	private final Set<String> known;

	private final Set<String> found = new LinkedHashSet<>();

	/** Those that follow each other, until they fill whole bytes. */
	private final List<Part.Bits.Bit> bits = new ArrayList<>();

	private int width;

	private AnswerParser(String text, Set<String> known) {
		super(text);
		this.known = known;
	}

	/**
	 * What a datagram has to be.
	 *
	 * @param found the names of the values that are to be found in it
	 */
	record Layout(Sequence parts, Set<String> found) {}

	/**
	 * @param known the names of the values that may come back
	 * @throws SyntaxException if it is none
	 */
	static Layout parse(String text, Set<String> known) {
		List<Layout> layouts = parseAll(text, known);
		if (layouts.size() > 1) {
			throw new SyntaxException(text, text.indexOf('&'), "it takes one layout");
		}
		return layouts.getFirst();
	}

	/**
	 * @return all of them, with {@code &} between: a datagram has to be each
	 * @throws SyntaxException if one is none
	 */
	static List<Layout> parseAll(String text, Set<String> known) {
		AnswerParser parser = new AnswerParser(text, known);
		List<Layout> layouts = new ArrayList<>();
		do {
			List<Part> parts = parser.layout("&");
			parser.endBits();
			layouts.add(new Layout(new Sequence(parts, true), parser.found));
		} while (parser.in().take("&"));
		return layouts;
	}

	@Override
	boolean isKnown(String name) {
		return this.known.contains(name);
	}

	@Override
	String unknown(String name) {
		return "%s was not sent; to find a value, give its type, as in {%s:u16}".formatted(name, name);
	}

	@Override
	Part literal(byte[] bytes) {
		endBits();
		int start = in().at();
		if (!in().take("/")) {
			return new Part.Literal(bytes, null);
		}
		byte[] mask = in().hex();
		if (mask.length != bytes.length) {
			throw in().wrong(start, "a mask takes as many bytes as it is for");
		}
		return new Part.Literal(bytes, mask);
	}

	@Override
	Part known(String name, Encoding encoding) {
		endBits();
		return new Part.Known(name, encoding);
	}

	@Override
	Part size(NumberType type, int plus) {
		endBits();
		return new Part.Size(type, plus);
	}

	@Override
	Part checksum(Checksum checksum) {
		endBits();
		return new Part.Check(checksum);
	}

	@Override
	Part align(int to) {
		endBits();
		return new Part.Align(to);
	}

	@Override
	Part group(@Nullable LengthType length, List<Part> parts) {
		endBits();
		return new Part.Group(length, new Sequence(parts, length != null));
	}

	@Override
	@Nullable
	Part value(@Nullable String name, int nameAt) {
		if (name != null) {
			this.found.add(name);
		}
		if (in().takeWord("bits")) {
			return bit(name);
		}
		endBits();
		ValueType type = type();
		return new Part.Value(name, in().take("=") ? ranged(type) : type);
	}

	private @Nullable Part bit(@Nullable String name) {
		int start = in().at();
		int bits = bits();
		long required = in().take("=") ? in().number("what the bits have to be", 0, (1 << Math.min(bits, 30)) - 1) : -1;
		this.bits.add(new Part.Bits.Bit(name, bits, required));
		this.width += bits;
		if (this.width >= Byte.SIZE * Long.BYTES && this.width % Byte.SIZE != 0) {
			throw in().wrong(start, "bits have to fill whole bytes, at most 8");
		}
		if (this.width % Byte.SIZE != 0) {
			return null;
		}
		Part part = new Part.Bits(this.width / Byte.SIZE, List.copyOf(this.bits));
		this.bits.clear();
		this.width = 0;
		return part;
	}

	private void endBits() {
		if (this.width != 0) {
			throw in().wrong("the bits before this do not fill whole bytes: there are %d".formatted(this.width));
		}
	}

	private ValueType ranged(ValueType type) {
		int start = in().at();
		if (!(type instanceof ValueType.Numeric || type instanceof ValueType.Digits
				|| type instanceof ValueType.Integral)) {
			throw in().wrong(start, "only a number can be told to be in a range");
		}
		long min = in().number();
		return new ValueType.Ranged(type, min, in().take("..") ? in().number() : min);
	}

	private ValueType type() {
		int start = in().at();
		String word = in().word();
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
			case "unix-time" -> new ValueType.Fixed(4, ValueType.Form.UNIX_TIME, null);
			case "unix-millis" -> new ValueType.Fixed(8, ValueType.Form.UNIX_MILLIS, null);
			default -> throw in().wrong(start, TAKES);
		};
	}

	private ValueType bytes(ValueType.Form form) {
		in().blanks();
		return in().isAtDigit()
				? new ValueType.Fixed(in().number("the number of bytes", 1, MAX_LENGTH), form, null)
				: new ValueType.Rest(form);
	}

	private ValueType.@Nullable Xor xor(int length) {
		int start = in().at();
		if (!in().take("^")) {
			return null;
		}
		byte[] bytes = in().hex();
		String name = in().take("+") ? in().name() : null;
		if (name != null && !this.known.contains(name)) {
			throw in().wrong(start, unknown(name));
		}
		if (name == null && bytes.length != length) {
			throw in().wrong(start, "it takes %d bytes".formatted(length));
		}
		return new ValueType.Xor(bytes, name);
	}

	@Override
	Part special() {
		endBits();
		if (in().take("...")) {
			return new Part.Skip();
		}
		if (in().take("*(")) {
			return new Part.Repeat(choice());
		}
		if (in().take("(")) {
			return choice();
		}
		if (in().peek() == '/') {
			Pattern pattern = in().pattern();
			this.found.addAll(pattern.namedGroups().keySet());
			return new Part.Regex(pattern);
		}
		throw in().wrong(
				"a datagram is described by bytes (two hexadecimal digits each), 'text', base64'...', {values}, lengths such as u16[...], "
						+ "/pattern/, (this | that), *(repeated) and ...");
	}

	private Part.Choice choice() {
		List<Sequence> alternatives = new ArrayList<>();
		do {
			alternatives.add(new Sequence(inner("|)"), false));
			endBits();
		} while (in().take("|"));
		in().expect(")");
		return new Part.Choice(alternatives);
	}

}
