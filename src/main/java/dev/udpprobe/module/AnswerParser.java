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

	/** Each is another place to try, within all those before it. */
	private static final int MAX_SKIPS = 32;

	private final Set<String> found = new LinkedHashSet<>();

	private int skips;

	private AnswerParser(Cursor in, Layouts.Names known) {
		super(in, known);
	}

	/**
	 * What a datagram has to be.
	 *
	 * @param found the names of the values that are to be found in it
	 */
	record Layout(Sequence parts, Set<String> found) {}

	/**
	 * @param known what may come back
	 * @throws SyntaxException if it is none
	 */
	static Layout parse(String text, Layouts.Names known) {
		Cursor in = new Cursor(text);
		AnswerParser parser = new AnswerParser(in, known);
		Layout layout = parser.next("&");
		if (!in.isAtEnd()) {
			throw in.wrong("it takes one layout");
		}
		return layout;
	}

	/**
	 * @return all of them, with {@code &} between: a datagram has to be each
	 * @throws SyntaxException if one is none
	 */
	static List<Layout> parseAll(String text, Layouts.Names known) {
		AnswerParser parser = new AnswerParser(new Cursor(text), known);
		List<Layout> layouts = new ArrayList<>();
		do {
			layouts.add(parser.next("&"));
		} while (parser.in().take("&"));
		return layouts;
	}

	/**
	 * Reads a layout up to the bracket that ends it, which is passed.
	 */
	static Sequence within(Cursor in) {
		Layout layout = new AnswerParser(in, Layouts.Names.of(Set.of())).next("]");
		in.expect("]");
		return layout.parts();
	}

	private Layout next(String end) {
		return new Layout(new Sequence(layout(end), true), this.found);
	}

	@Override
	boolean isKnown(String name) {
		return known().has(name);
	}

	@Override
	String unknown(String name) {
		return "%s was not sent; to find a value, give its type, as in {%s:u16}".formatted(name, name);
	}

	@Override
	Part literal(byte[] bytes) {
		int start = in().at();
		if (!in().take("/")) {
			return new Part.Literal(bytes, null);
		}
		byte[] mask = Literals.hex(in());
		if (mask.length != bytes.length) {
			throw in().wrong(start, "a mask takes as many bytes as it is for");
		}
		return new Part.Literal(bytes, mask);
	}

	@Override
	Part known(String name, Encoding encoding) {
		if (known().summed() && known().hasSecret(name)) {
			throw in().wrong(
					"a module with a checksum expects no secret in an answer, because it reads no byte of such an answer");
		}
		return new Part.Known(name, encoding);
	}

	@Override
	Part size(NumberType type, int plus) {
		return new Placed.Size(type, plus);
	}

	@Override
	Part checksum(Checksum checksum) {
		if (checksum.isOfAll() && isEndUnknown()) {
			throw in().wrong(
					"this checksum takes a group with a length, or the whole datagram, because it is of what follows, too");
		}
		return new Placed.Check(checksum);
	}

	@Override
	Part align(int to) {
		return new Placed.Align(to);
	}

	@Override
	Part pad(@Nullable String setting, int length) {
		return new Placed.Pad(setting, length);
	}

	@Override
	Part group(@Nullable LengthType length, List<Part> parts) {
		return new Part.Group(length, new Sequence(parts, length != null));
	}

	@Override
	Part value(@Nullable String name, int nameAt) {
		if (name != null) {
			find(name, nameAt);
		}
		if (in().takeWord("bits")) {
			return bits(name);
		}
		ValueType type = ValueTypeParser.parse(in(), known());
		return new Part.Value(name, type);
	}

	private void find(String name, int nameAt) {
		if (name.equals(Condition.LENGTH) || name.equals(Condition.DATAGRAM)) {
			throw in().wrong(nameAt, "%s is that of the whole datagram; take another name".formatted(name));
		}
		this.found.add(name);
	}

	/**
	 * Reads all values of some bits that follow each other, until they fill whole bytes.
	 */
	private Part bits(@Nullable String first) {
		List<Bits.Bit> bits = new ArrayList<>();
		String name = first;
		int width = 0;
		while (true) {
			int start = in().at();
			Bits.Bit bit = bit(name);
			bits.add(bit);
			width += bit.width();
			if (width > Bits.MAX_WIDTH) {
				throw in().wrong(start, "bits have to fill whole bytes, at most 8");
			}
			if (width % Byte.SIZE == 0) {
				return new Bits(width / Byte.SIZE, bits);
			}
			in().blanks();
			in().expect("}");
			in().blanks();
			name = nextBits(width);
		}
	}

	private @Nullable String nextBits(int width) {
		int start = in().at();
		if (in().take("{")) {
			in().blanks();
			int nameAt = in().at();
			String name = in().isAtName() ? in().name() : null;
			if (in().take(":") && in().takeWord("bits")) {
				if (name != null && isKnown(name)) {
					throw in().wrong(nameAt, "%s is known already; take another name".formatted(name));
				}
				if (name != null) {
					find(name, nameAt);
				}
				return name;
			}
		}
		throw in().wrong(start, "the bits before this do not fill whole bytes: there are %d".formatted(width));
	}

	private Bits.Bit bit(@Nullable String name) {
		int bits = argument("the number of bits", 1, Bits.MAX_WIDTH - 1);
		long required = in().take("=")
				? in().number("what the bits have to be", 0, (1 << Math.min(bits, 30)) - 1)
				: -1;
		return new Bits.Bit(name, bits, required);
	}

	@Override
	Part special() {
		int start = in().at();
		if (in().take("...")) {
			if (++this.skips > MAX_SKIPS) {
				throw in().wrong(start, "it takes at most %d of ...".formatted(MAX_SKIPS));
			}
			return new Part.Skip();
		}
		if (in().take("*(")) {
			return new Part.Repeat(choice());
		}
		if (in().take("(")) {
			return choice();
		}
		if (in().peek() == '/') {
			return regex();
		}
		throw in().wrong(
				"a datagram is described by bytes (two hexadecimal digits each), 'text', base64'...', {values}, lengths such as u16[...], "
						+ "/pattern/, (this | that), *(repeated) and ...");
	}

	private Part regex() {
		int start = in().at();
		Pattern pattern = Literals.pattern(in());
		for (String name : pattern.namedGroups().keySet()) {
			if (isKnown(name) || !Cursor.isName(name)) {
				throw in().wrong(start, isKnown(name)
						? "%s is known already; take another name".formatted(name)
						: "%s is no name: a lower-case letter, then letters and digits".formatted(name));
			}
			find(name, start);
		}
		return new Part.Regex(pattern);
	}

	private Part.Choice choice() {
		List<Sequence> alternatives = new ArrayList<>();
		do {
			alternatives.add(new Sequence(inner("|)"), false));
		} while (in().take("|"));
		in().expect(")");
		return new Part.Choice(alternatives);
	}

}
