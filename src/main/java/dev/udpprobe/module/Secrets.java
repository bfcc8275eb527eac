package dev.udpprobe.module;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values that nothing may show, as they are and as they are sent. Safe for any number of threads.
 */
final class Secrets {

	static final String MASK = "***";

	static final Secrets NONE = new Secrets(Map.of(), Map.of(), false, false);

	private static final BitSet NOWHERE = new BitSet();

	private final Set<String> names;

	/** Those that layouts write, or expect. */
	private final List<byte[]> encoded = new ArrayList<>();

	/** Those that are keys alone. */
	private final List<byte[]> keys = new ArrayList<>();

	private final boolean summed;

	private final boolean keyed;

	/**
	 * @param encodings in which they are sent or expected, by name
	 * @param known values, by name
	 * @param summed whether a checksum may stand beside them, by which they could be guessed
	 * @param keyed whether one of them is the key of a checksum, so that it could be guessed by any datagram
	 */
	Secrets(Map<String, Set<Encoding>> encodings, Map<String, byte[]> known, boolean summed, boolean keyed) {
		this.names = encodings.keySet();
		this.summed = summed;
		this.keyed = keyed;
		encodings.forEach((name, those) -> {
			byte[] value = known.get(name);
			if (value == null || value.length == 0) {
				return;
			}
			if (those.isEmpty()) {
				this.keys.add(value);
				return;
			}
			Set<Encoding> all = new HashSet<>(those);
			all.add(Encoding.Simple.TEXT);
			all.forEach((encoding) -> add(value, encoding));
		});
	}

	private void add(byte[] value, Encoding encoding) {
		try {
			byte[] secret = encoding.encode(value);
			if (secret.length > 0) {
				this.encoded.add(secret);
			}
		}
		catch (IllegalArgumentException _) {
			// It cannot be sent so.
		}
	}

	boolean has(String name) {
		return this.names.contains(name);
	}

	/**
	 * @return which bytes are of a secret, or must not be read beside one; not to be changed. What happens to be like a key alone is
	 * read, because an answer need not have it
	 */
	BitSet places(byte[] bytes) {
		BitSet places = places(bytes, this.encoded);
		if (this.summed && !places.isEmpty()) {
			places.set(0, bytes.length);
		}
		return places;
	}

	/**
	 * @return which bytes are in no value that is told; not to be changed
	 */
	BitSet untold(byte[] bytes) {
		BitSet places = places(bytes);
		if (this.keys.isEmpty()) {
			return places;
		}
		BitSet all = places(bytes, this.keys);
		all.or(places);
		return all;
	}

	private static BitSet places(byte[] bytes, List<byte[]> secrets) {
		if (secrets.isEmpty()) {
			return NOWHERE;
		}
		BitSet places = new BitSet();
		for (byte[] secret : secrets) {
			for (int at = 0; at + secret.length <= bytes.length; at++) {
				if (bytes[at] == secret[0]
						&& Arrays.equals(bytes, at, at + secret.length, secret, 0, secret.length)) {
					places.set(at, at + secret.length);
				}
			}
		}
		return places;
	}

	/**
	 * @return the bytes, with an asterisk for each that must not be shown
	 */
	byte[] masked(byte[] bytes) {
		BitSet places = places(bytes);
		if (this.keyed) {
			places = new BitSet();
			places.set(0, bytes.length);
		}
		return masked(bytes, places);
	}

	/**
	 * @param places of secrets in the bytes
	 */
	static byte[] masked(byte[] bytes, BitSet places) {
		if (places.isEmpty()) {
			return bytes;
		}
		byte[] masked = bytes.clone();
		places.stream().forEach((at) -> masked[at] = '*');
		return masked;
	}

}
