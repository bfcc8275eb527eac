package dev.udpprobe.module;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads layouts, which say how a datagram is built: what messages that are sent and answers have in common.
 *
 * @param <P> a part of the layout
 */
abstract class LayoutParser<P> {

	static final String NO_SECRET = "a secret is no number and no length, and nothing is XORed with it, because it could not be hidden";

	private static final int MAX_DEPTH = 16;

	private static final int MAX_PAD = 65_507;

	private final Cursor in;

	private final Layouts.Names known;

	private int depth;

	/** Whether the innermost group has no length. */
	private boolean endUnknown;

	/**
	 * @param known what may be written, or compared
	 */
	LayoutParser(Cursor in, Layouts.Names known) {
		this.in = in;
		this.known = known;
	}

	final Layouts.Names known() {
		return this.known;
	}

	final boolean isEndUnknown() {
		return this.endUnknown;
	}

	final Cursor in() {
		return this.in;
	}

	/**
	 * Reads a whole layout, which is {@code {}} for an empty datagram.
	 * @param end which may end it, beside the end of the text; it is not passed
	 */
	final List<P> layout(String end) {
		this.in.blanks();
		boolean empty = this.in.take("{}");
		List<P> parts = parts(end);
		if (parts.isEmpty() != empty) {
			throw this.in.wrong(empty
					? "{} is an empty datagram, so nothing may follow"
					: "it is empty; an empty datagram is written {}");
		}
		return parts;
	}

	/**
	 * Reads what stands within brackets.
	 * @param ends the characters of which one has to end it; it is not passed
	 */
	final List<P> inner(String ends) {
		int start = this.in.at();
		if (++this.depth > MAX_DEPTH) {
			throw this.in.wrong("it is nested too deeply");
		}
		List<P> parts = parts(ends);
		if (this.in.isAtEnd()) {
			throw this.in.wrong(start, "it does not end: %s is missing".formatted(ends.charAt(ends.length() - 1)));
		}
		this.depth--;
		return parts;
	}

	private List<P> parts(String ends) {
		List<P> parts = new ArrayList<>();
		this.in.blanks();
		while (!this.in.isAtEnd() && ends.indexOf(this.in.peek()) < 0) {
			if ("])}".indexOf(this.in.peek()) >= 0) {
				throw this.in.wrong((this.depth > 0)
						? "%s is missing before this".formatted(ends.charAt(ends.length() - 1))
						: "it ends nothing");
			}
			P part = part();
			if (part != null) {
				parts.add(part);
			}
			this.in.blanks();
		}
		return parts;
	}

	private @Nullable P part() {
		LengthType length = length();
		if (length != null || this.in.take("[")) {
			boolean outer = this.endUnknown;
			this.endUnknown = length == null;
			List<P> parts = inner("]");
			this.endUnknown = outer;
			this.in.expect("]");
			return group(length, parts);
		}
		int start = this.in.at();
		if (this.in.take("base64'")) {
			return literal(Literals.base64(this.in));
		}
		if (this.in.peek() == '\'') {
			byte[] text = Literals.quoted(this.in);
			return (text.length > 0) ? literal(text) : null;
		}
		if (this.in.isAtHex()) {
			return literal(Literals.hex(this.in));
		}
		return this.in.take("{") ? braces(start) : special();
	}

	/**
	 * @return the length that a group begins with, after which it has passed the bracket; null if there is none
	 */
	private @Nullable LengthType length() {
		if (this.in.take("ber[")) {
			return new LengthType.Ber();
		}
		if (this.in.take("varint[")) {
			return new LengthType.Varint();
		}
		if (this.in.peek() != 'u') {
			return null;
		}
		int start = this.in.at();
		NumberType type = NumberType.of(this.in.name());
		if (type == null) {
			throw this.in.wrong(start,
					"a length takes u8, u16, u24, u32 or u64, with le for the least byte first, ber or varint");
		}
		int plus = plus();
		this.in.expect("[");
		return new LengthType.Fixed(type, plus);
	}

	/**
	 * @return what is added, as in {@code +2}; 0 for nothing
	 */
	final int plus() {
		if (this.in.take("+")) {
			return this.in.number("what is added", 1, 65_535);
		}
		return this.in.take("-") ? -this.in.number("what is subtracted", 1, 65_535) : 0;
	}

	/**
	 * @param start where the brace stands
	 */
	private P braces(int start) {
		this.in.blanks();
		int nameAt = this.in.at();
		String name = this.in.isAtName() ? this.in.name() : null;
		P part;
		if ("size".equals(name)) {
			int plus = plus();
			this.in.expect(":");
			part = size(numberType(), plus);
		}
		else if (name != null && isKnown(name)) {
			Encoding encoding = this.in.take(":") ? encoding(name) : Encoding.Simple.TEXT;
			this.known.uses(name, encoding);
			part = known(name, encoding);
		}
		else if (name != null && this.in.peek() == '}') {
			throw this.in.wrong(nameAt, unknown(name));
		}
		else {
			this.in.expect(":");
			Checksum checksum = (name == null) ? Checksum.read(this.in, this::keyName) : null;
			part = (checksum != null) ? checksum(checksum) : filling(name, nameAt);
		}
		this.in.blanks();
		if (!this.in.take("}")) {
			throw this.in.isAtEnd()
					? this.in.wrong(start, "it does not end: } is missing")
					: this.in.wrong("} is missing");
		}
		return part;
	}

	private String keyName() {
		this.in.blanks();
		int start = this.in.at();
		String name = this.in.name();
		if (!isKnown(name)) {
			throw this.in.wrong(start, unknown(name));
		}
		this.known.usesAsKey(name);
		return name;
	}

	private P filling(@Nullable String name, int nameAt) {
		if (name == null && this.in.takeWord("align")) {
			return align(argument("the length", 2, 64));
		}
		return (name == null && this.in.takeWord("pad")) ? pad() : value(name, nameAt);
	}

	private P pad() {
		this.in.blanks();
		if (!this.in.isAtName()) {
			return pad(null, this.in.number("the length", 1, MAX_PAD));
		}
		int start = this.in.at();
		String setting = this.in.name();
		if (!this.known.has(setting)) {
			throw this.in.wrong(start, unknown(setting));
		}
		if (this.known.hasSecret(setting)) {
			throw this.in.wrong(start, NO_SECRET);
		}
		return pad(setting, 0);
	}

	private Encoding encoding(String known) {
		int start = this.in.at();
		Encoding encoding = Encoding.of(this.in.word());
		if (encoding == null) {
			throw this.in.wrong(start,
					"%s is known already, so it is written as text, hex, base64, reversed, ipv4, ipv6, or %s"
							.formatted(known, NumberType.NAMES));
		}
		if (encoding instanceof Encoding.Numeric && this.known.hasSecret(known)) {
			throw this.in.wrong(start, NO_SECRET);
		}
		boolean ofAddress = encoding == Encoding.Simple.IPV4 || encoding == Encoding.Simple.IPV6;
		return (ofAddress && known.equals(Layouts.LOCAL)) ? new Encoding.WithoutPort(encoding) : encoding;
	}

	private NumberType numberType() {
		int start = this.in.at();
		NumberType type = NumberType.of(this.in.name());
		if (type == null) {
			throw this.in.wrong(start, "it takes " + NumberType.NAMES);
		}
		return type;
	}

	/**
	 * @return the number that follows
	 */
	final int argument(String what, int min, int max) {
		this.in.blanks();
		return this.in.number(what, min, max);
	}

	abstract boolean isKnown(String name);

	/**
	 * @return what is wrong with a name alone that is not known
	 */
	abstract String unknown(String name);

	abstract P literal(byte[] bytes);

	abstract P known(String name, Encoding encoding);

	abstract P size(NumberType type, int plus);

	abstract P checksum(Checksum checksum);

	abstract P align(int to);

	/**
	 * @param setting that says how long, in bytes; null for that length
	 */
	abstract P pad(@Nullable String setting, int length);

	abstract P group(@Nullable LengthType length, List<P> parts);

	/**
	 * Reads the type of a value in braces.
	 * @param nameAt where its name stands
	 */
	abstract P value(@Nullable String name, int nameAt);

	/**
	 * Reads what begins with none of the characters that all layouts have.
	 */
	abstract P special();

}
