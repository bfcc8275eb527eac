package dev.udpprobe.module;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A datagram that is compared with layouts: the place in it, and what was found. What it costs is bounded, whatever the layout and
 * the datagram: it has so many steps, and when they are used up nothing matches any more. For one thread.
 */
final class Match {

	/** Of a layout's parts, each tried at a place. */
	private static final int STEPS = 60_000;

	/** A step's worth of bytes that are copied, compared or looked through. */
	private static final int BYTES_STEP = 64;

	private static final int MAX_FOUND = 64;

	/** As it came. */
	private final byte[] whole;

	/** The same with asterisks for what is secret. Only bytes of the layout and own values are compared with the whole. */
	private final byte[] bytes;

	private final BitSet untold;

	/** Whether a known value is of nobody's choice but ours. */
	private final Predicate<String> own;

	private final Map<String, byte[]> known;

	private final List<Found> found = new ArrayList<>();

	private int at;

	private int limit;

	private int groupStart;

	private int steps = STEPS;

	private final PatternSearch patterns;

	/**
	 * What a name stands for.
	 *
	 * @param bytes of it
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Found(String name, FieldValue value, byte[] bytes) {}

	/**
	 * A place to return to.
	 */
	record Mark(int at, int found) {}

	/**
	 * @param known the values that were sent, and settings
	 */
	Match(byte[] datagram, Map<String, byte[]> known) {
		this(datagram, known, Secrets.NONE, (_) -> true);
	}

	/**
	 * @param secrets that nothing may find out
	 * @param own whether a known value is a secret itself, or was made here. Others may be chosen to be compared with a secret
	 */
	Match(byte[] datagram, Map<String, byte[]> known, Secrets secrets, Predicate<String> own) {
		this.whole = datagram;
		this.untold = secrets.untold(datagram);
		this.bytes = Secrets.masked(datagram, secrets.places(datagram));
		this.known = known;
		this.own = own;
		this.limit = datagram.length;
		this.patterns = new PatternSearch(this.bytes, this::step);
	}

	static byte[] bytes(ByteBuffer datagram) {
		if (datagram.hasArray() && datagram.arrayOffset() == 0 && datagram.remaining() == datagram.array().length) {
			// It is the datagram alone, which nobody changes.
			return datagram.array();
		}
		byte[] bytes = new byte[datagram.remaining()];
		datagram.get(datagram.position(), bytes);
		return bytes;
	}

	/**
	 * Compares the whole datagram with a layout.
	 * @return whether it is of that layout; what was found then stays. If the steps are used up, it is not
	 */
	boolean matches(Sequence layout) {
		this.at = 0;
		Mark before = mark();
		boolean matched = layout.match(this) && this.steps > 0;
		if (!matched) {
			reset(before);
		}
		return matched;
	}

	List<Found> found() {
		return this.found;
	}

	/**
	 * @return whether there are steps left, after this one
	 */
	boolean step() {
		return step(1);
	}

	private boolean step(int count) {
		this.steps = Math.max(0, this.steps - count);
		return this.steps > 0;
	}

	/**
	 * Counts the work on so many bytes.
	 */
	void look(int length) {
		step(length / BYTES_STEP);
	}

	int stepsLeft() {
		return this.steps;
	}

	int at() {
		return this.at;
	}

	void at(int at) {
		this.at = at;
	}

	int limit() {
		return this.limit;
	}

	boolean isAtEnd() {
		return this.at == this.limit;
	}

	int size() {
		return this.bytes.length;
	}

	int groupStart() {
		return this.groupStart;
	}

	Mark mark() {
		return new Mark(this.at, this.found.size());
	}

	void reset(Mark mark) {
		this.at = mark.at();
		this.found.subList(mark.found(), this.found.size()).clear();
	}

	/**
	 * @return the next bytes, which are passed, or null if there are not as many
	 */
	byte @Nullable [] take(int length) {
		if (length > this.limit - this.at) {
			return null;
		}
		this.at += length;
		return slice(this.at - length, this.at);
	}

	/**
	 * @return the next byte, 0 to 255, which is passed, or -1 at the end
	 */
	int takeByte() {
		return isAtEnd() ? -1 : Byte.toUnsignedInt(this.bytes[this.at++]);
	}

	byte[] slice(int from, int to) {
		look(to - from);
		return Arrays.copyOfRange(this.bytes, from, to);
	}

	/**
	 * Whether the checksum of the bytes from there to there comes next; it is passed then. By a key of anybody's choice, it is that of
	 * what is not secret, and compared with that, or else it would tell what is.
	 */
	boolean takeSum(Checksum checksum, int from, int to) {
		boolean ours = checksum.isKeyed() && this.own.test(checksum.names().getLast());
		byte[] in = ours ? this.whole : this.bytes;
		return take(checksum.of(Arrays.copyOfRange(in, from, to), this.at - from, this::known), in);
	}

	/**
	 * Whether these bytes of the layout come next; they are passed then.
	 */
	boolean take(byte[] expected) {
		return take(expected, this.whole);
	}

	/**
	 * Whether these bytes of a known value come next; they are passed then.
	 */
	boolean takeKnown(String name, byte[] expected) {
		return take(expected, this.own.test(name) ? this.whole : this.bytes);
	}

	private boolean take(byte[] expected, byte[] from) {
		int end = this.at + expected.length;
		look(expected.length);
		boolean same = end <= this.limit && Arrays.equals(from, this.at, end, expected, 0, expected.length);
		this.at += same ? expected.length : 0;
		return same;
	}

	/**
	 * @return where the byte of the layout stands from there on, or -1
	 */
	int seek(byte wanted, int from) {
		return indexOf(wanted, from, this.whole);
	}

	/**
	 * @return where the byte of a known value stands from there on, or -1
	 */
	int seekKnown(String name, byte wanted, int from) {
		return this.own.test(name) ? seek(wanted, from) : indexOf(wanted, from);
	}

	/**
	 * @return where the byte stands in what is not secret from there on, or -1
	 */
	int indexOf(byte wanted, int from) {
		return indexOf(wanted, from, this.bytes);
	}

	private int indexOf(byte wanted, int from, byte[] in) {
		int at = from;
		while (at < this.limit && in[at] != wanted) {
			at++;
		}
		look(at - from);
		return (at < this.limit) ? at : -1;
	}

	/**
	 * @return what a name stands for, by what was sent
	 */
	byte @Nullable [] value(String name) {
		return this.known.get(name);
	}

	/**
	 * @return what a name stands for
	 * @throws NullPointerException if it stands for nothing
	 */
	byte[] known(String name) {
		return Objects.requireNonNull(this.known.get(name), name);
	}

	boolean has(String name) {
		return this.known.containsKey(name);
	}

	/**
	 * @param from where the bytes begin. If any of them is secret, the value is not told
	 */
	void found(String name, FieldValue value, byte[] bytes, int from) {
		int next = this.untold.nextSetBit(from);
		boolean hidden = next >= 0 && next < from + bytes.length;
		if (this.found.size() < MAX_FOUND) {
			this.found.add(new Found(name, hidden ? new FieldValue.Text(Secrets.MASK) : value, bytes));
		}
	}

	/**
	 * Matches what stands within the next bytes, all of them.
	 * @param length of the part, or -1 for one whose end is not known
	 */
	boolean within(int length, Sequence part) {
		if (length > this.limit - this.at) {
			return false;
		}
		int outerLimit = this.limit;
		int outerStart = this.groupStart;
		this.limit = (length < 0) ? outerLimit : this.at + length;
		this.groupStart = this.at;
		boolean matched = part.match(this);
		this.limit = outerLimit;
		this.groupStart = outerStart;
		return matched;
	}

	/**
	 * @return where the pattern is found from there on, or null
	 */
	@Nullable
	Matcher find(Pattern pattern, int from) {
		return this.patterns.find(pattern, from, this.limit);
	}

}
