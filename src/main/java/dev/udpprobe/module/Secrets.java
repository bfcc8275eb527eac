package dev.udpprobe.module;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values that nothing may show, as they are and as they are sent. Safe for any number of threads.
 */
final class Secrets {

	static final String MASK = "***";

	static final Secrets NONE = new Secrets(List.of(), Map.of(), false);

	private final List<byte[]> encoded = new ArrayList<>();

	private final Set<String> names = new HashSet<>();

	/** Of what a request may say. */
	private final Set<String> asked = new HashSet<>(Set.of(Layouts.TARGET));

	private final boolean summed;

	/**
	 * @param known values, by name
	 * @param summed whether a checksum may stand beside them, by which they could be guessed
	 */
	Secrets(Collection<Setting> settings, Map<String, byte[]> known, boolean summed) {
		this.summed = summed;
		for (Setting setting : settings) {
			(setting.secret() ? this.names : this.asked).add(setting.name());
			byte[] value = known.get(setting.name());
			if (setting.secret() && value != null && value.length > 0) {
				addAll(value);
			}
		}
	}

	private void addAll(byte[] value) {
		for (Encoding encoding : Encoding.Simple.values()) {
			try {
				this.encoded.add(encoding.encode(value));
			}
			catch (IllegalArgumentException _) {
				// It cannot be sent so.
			}
		}
		this.encoded.removeIf((secret) -> secret.length == 0);
	}

	/**
	 * @return whether it matters where a value is that was compared
	 */
	boolean concern(String name) {
		return !this.encoded.isEmpty() && (this.names.contains(name) || this.asked.contains(name));
	}

	/**
	 * @return the bytes, or as many asterisks if a secret is in them
	 */
	byte[] masked(byte[] bytes) {
		if (places(bytes).isEmpty()) {
			return bytes;
		}
		byte[] masked = new byte[bytes.length];
		Arrays.fill(masked, (byte) '*');
		return masked;
	}

	/**
	 * @return which bytes are of a secret
	 */
	BitSet places(byte[] bytes) {
		BitSet places = new BitSet();
		for (byte[] secret : this.encoded) {
			for (int at = 0; at + secret.length <= bytes.length; at++) {
				if (Arrays.equals(bytes, at, at + secret.length, secret, 0, secret.length)) {
					places.set(at, at + secret.length);
				}
			}
		}
		return places;
	}

	/**
	 * @param places of secrets in the datagram that has matched
	 * @return whether what a request says was compared with a secret, which it would find out letter by letter
	 */
	boolean isTried(Match match, BitSet places) {
		return match.passed().stream()
				.anyMatch((span) -> this.asked.contains(span.name()) && touches(span.from(), span.to(), places));
	}

	/**
	 * A secret that the layout expects hides the values that are of its bytes. One in any other place hides all.
	 * @param places of secrets in the datagram that has matched
	 * @return what was found in it, without what is secret
	 */
	List<Match.Found> hidden(Match match, BitSet places) {
		BitSet unexpected = (BitSet) places.clone();
		match.passed().stream()
				.filter((span) -> this.names.contains(span.name()))
				.forEach((span) -> unexpected.clear(span.from(), span.to()));
		boolean all = this.summed || !unexpected.isEmpty();
		return match.found().stream()
				.map((found) -> (all || touches(found.from(), found.to(), places)) ? found.hidden() : found)
				.toList();
	}

	private static boolean touches(int from, int to, BitSet places) {
		int next = places.nextSetBit(from);
		return next >= 0 && next < to;
	}

}
