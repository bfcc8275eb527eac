package dev.udpprobe.module;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Values of some bits each, which together fill whole bytes.
 */
record Bits(int length, List<Bit> bits) implements Part {

	static final int MAX_WIDTH = Byte.SIZE * Long.BYTES;

	/**
	 * @param width in bits
	 * @param required what it has to be, or -1 for anything
	 */
	record Bit(@Nullable String name, int width, long required) {}

	@Override
	public boolean match(Match in) {
		int from = in.at();
		byte[] came = in.take(this.length);
		if (came == null) {
			return false;
		}
		long all = new NumberType(this.length, false, false).decode(came);
		int left = Byte.SIZE * this.length;
		for (Bit bit : this.bits) {
			left -= bit.width();
			long value = all >>> left & ((1L << bit.width()) - 1);
			if (bit.required() >= 0 && value != bit.required()) {
				return false;
			}
			if (bit.name() != null) {
				in.found(bit.name(), new FieldValue.Number(value), came, from);
			}
		}
		return true;
	}

}
