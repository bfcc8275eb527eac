package dev.udpprobe.module;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads what is sent.
 */
final class TemplateParser extends LayoutParser<Piece> {

	private static final int MAX_RANDOM = 1_024;

	private static final String TAKES = "a fresh value is random N or letters N (bytes), ntp-time, ntp-seconds, unix-time or unix-millis, and digits for a time in digits; "
			+ "pad N, align N, inet, crc32, crc32c, sum8, hmac-md5 and md5 have no name";

	private final Set<String> fresh = new LinkedHashSet<>();

	private TemplateParser(String text, Layouts.Names known) {
		super(new Cursor(text), known);
	}

	/**
	 * @param known what it may write
	 * @throws SyntaxException if it is none
	 */
	static Template parse(String text, Layouts.Names known) {
		TemplateParser parser = new TemplateParser(text, known);
		List<Piece> pieces = parser.layout("");
		return new Template(pieces, parser.fresh);
	}

	@Override
	boolean isKnown(String name) {
		return known().has(name) || this.fresh.contains(name);
	}

	@Override
	String unknown(String name) {
		return "nothing is called %s: it is neither a setting nor a value that was sent, found or made before, nor target, local or try"
				.formatted(name);
	}

	@Override
	Piece literal(byte[] bytes) {
		return new Piece.Literal(bytes);
	}

	@Override
	Piece known(String name, Encoding encoding) {
		return new Piece.Known(name, encoding);
	}

	@Override
	Piece size(NumberType type, int plus) {
		return new Piece.Size(type, plus);
	}

	@Override
	Piece checksum(Checksum checksum) {
		return new Piece.Check(checksum);
	}

	@Override
	Piece align(int to) {
		return new Piece.Align(to);
	}

	@Override
	Piece pad(@Nullable String setting, int length) {
		return new Piece.Pad(setting, length);
	}

	@Override
	Piece group(@Nullable LengthType length, List<Piece> parts) {
		return new Piece.Group(length, parts);
	}

	@Override
	Piece value(@Nullable String name, int nameAt) {
		int start = in().at();
		Piece piece = fresh(name);
		if (piece == null) {
			throw in().wrong(start, TAKES);
		}
		if (name != null) {
			this.fresh.add(name);
		}
		return piece;
	}

	private @Nullable Piece fresh(@Nullable String name) {
		if (in().takeWord("random")) {
			return new Piece.Random(name, argument("the number of bytes", 1, MAX_RANDOM), false);
		}
		if (in().takeWord("letters")) {
			return new Piece.Random(name, argument("the number of letters", 1, MAX_RANDOM), true);
		}
		for (Clock clock : Clock.values()) {
			if (in().takeWord(clock.label())) {
				in().blanks();
				return new Piece.Time(name, clock, in().takeWord("digits"));
			}
		}
		return null;
	}

	@Override
	Piece special() {
		throw in().wrong(
				"a message is made of bytes (two hexadecimal digits each), 'text', base64'...', {values} and lengths such as u16[...]");
	}

}
