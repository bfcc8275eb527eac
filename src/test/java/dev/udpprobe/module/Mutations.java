package dev.udpprobe.module;

import java.util.Arrays;
import java.util.Random;

/**
 * Octets that are nearly those of true messages. The same seed gives the same.
 */
final class Mutations {

	private static final int LONGEST = 0xFFFF;

	private static final byte[] EXTREMES = {0, 1, 0x3F, 0x40, 0x7F, (byte) 0x80, (byte) 0xC0, (byte) 0xFE, (byte) 0xFF};

	private final Random random;

	private final byte[][] originals;

	/**
	 * @param originals one at least, none of them empty
	 */
	Mutations(long seed, byte[]... originals) {
		this.random = new Random(seed);
		this.originals = originals.clone();
	}

	/**
	 * @return 0 to 65535 octets
	 */
	byte[] next() {
		byte[] mutation = any().clone();
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			mutation = mutate(mutation);
		}
		return mutation;
	}

	private byte[] mutate(byte[] octets) {
		if (octets.length == 0) {
			return extend(octets);
		}
		int at = this.random.nextInt(octets.length);
		switch (this.random.nextInt(7)) {
			case 0 -> octets[at] ^= (byte) (1 << this.random.nextInt(8));
			case 1 -> octets[at] = (byte) this.random.nextInt();
			case 2 -> octets[at] = extreme();
			// A length, a count or a pointer of two octets.
			case 3 -> Arrays.fill(octets, at, Math.min(octets.length, at + 2), extreme());
			case 4 -> {
				return Arrays.copyOf(octets, at);
			}
			case 5 -> {
				return extend(octets);
			}
			default -> {
				return splice(octets, at, any());
			}
		}
		return octets;
	}

	private byte[] extend(byte[] octets) {
		int most = (this.random.nextInt(500) == 0) ? LONGEST : 40;
		int length = Math.min(LONGEST, octets.length + this.random.nextInt(most));
		byte[] extended = Arrays.copyOf(octets, length);
		for (int i = octets.length; i < length; i++) {
			// Once more what is there, or anything.
			extended[i] = (octets.length > 0 && this.random.nextInt(8) > 0)
					? octets[i % octets.length]
					: (byte) this.random.nextInt();
		}
		return extended;
	}

	/** The beginning of the one and the end of the other. */
	private byte[] splice(byte[] first, int end, byte[] second) {
		int from = this.random.nextInt(second.length);
		byte[] spliced = Arrays.copyOf(first, Math.min(LONGEST, end + second.length - from));
		System.arraycopy(second, from, spliced, end, spliced.length - end);
		return spliced;
	}

	private byte extreme() {
		return EXTREMES[this.random.nextInt(EXTREMES.length)];
	}

	private byte[] any() {
		return this.originals[this.random.nextInt(this.originals.length)];
	}

}
