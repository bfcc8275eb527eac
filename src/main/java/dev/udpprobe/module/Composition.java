package dev.udpprobe.module;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A datagram that is being made. For one thread.
 */
final class Composition {

	/** An id that others can guess is none (RFC 5452 9.2). */
	private static final SecureRandom RANDOM = new SecureRandom();

	private final Map<String, byte[]> known;

	private final ByteBuilder bytes = new ByteBuilder();

	private final List<Later> sizes = new ArrayList<>();

	/** In the order in which one is of what another has written. */
	private final List<Later> checksums = new ArrayList<>();

	/** Those that are of what follows them as well. */
	private final List<Later> ofAll = new ArrayList<>();

	/**
	 * What is known only when all else is there.
	 */
	private interface Later {

		/**
		 * @param whole the datagram
		 * @param base where the group begins that this is of
		 */
		void write(ByteBuilder whole, int base);

	}

	/**
	 * @param known the values that may be written; those that are made are added
	 */
	Composition(Map<String, byte[]> known) {
		this.known = known;
	}

	void add(byte[] more) {
		this.bytes.add(more);
	}

	int length() {
		return this.bytes.length();
	}

	/**
	 * @throws BadSettingException if it was not found: the parser makes sure that it may be, and a datagram need not have it
	 */
	byte[] value(String name) {
		byte[] value = this.known.get(name);
		if (value == null) {
			throw new BadSettingException(name, "it was not found");
		}
		return value;
	}

	/**
	 * Adds bytes that are remembered under a name, if they have one.
	 */
	void add(@Nullable String name, byte[] value) {
		if (name != null) {
			this.known.put(name, value);
		}
		add(value);
	}

	byte[] random(int length) {
		byte[] random = new byte[length];
		RANDOM.nextBytes(random);
		return random;
	}

	/**
	 * Leaves room for the datagram's length.
	 */
	void addSize(NumberType type, int plus) {
		int at = length();
		add(new byte[type.length()]);
		this.sizes.add((whole, base) -> whole.set(base + at, type.encode((long) whole.length() + plus)));
	}

	/**
	 * Leaves room for a checksum of this group.
	 */
	void addChecksum(Checksum checksum) {
		int at = length();
		add(new byte[checksum.length()]);
		List<Later> when = checksum.isOfAll() ? this.ofAll : this.checksums;
		when.add((whole, base) -> whole.set(base + at, checksum.of(
				Arrays.copyOfRange(whole.toArray(), base, base + (checksum.isOfAll() ? length() : at)), at,
				this::value)));
	}

	/**
	 * Adds what the parts write, with its length before it.
	 */
	void addGroup(@Nullable LengthType length, List<Piece> pieces) {
		Composition group = new Composition(this.known);
		pieces.forEach((piece) -> piece.write(group));
		if (length != null) {
			add(length.encode(group.length()));
		}
		int at = length();
		add(group.bytes.toArray());
		move(group.sizes, this.sizes, at);
		move(group.checksums, this.checksums, at);
		move(group.ofAll, this.checksums, at);
	}

	private static void move(List<Later> from, List<Later> to, int at) {
		from.forEach((each) -> to.add((whole, base) -> each.write(whole, base + at)));
	}

	/**
	 * @return the datagram
	 */
	byte[] finish() {
		for (List<Later> when : List.of(this.sizes, this.checksums, this.ofAll)) {
			when.forEach((each) -> each.write(this.bytes, 0));
		}
		return this.bytes.toArray();
	}

}
