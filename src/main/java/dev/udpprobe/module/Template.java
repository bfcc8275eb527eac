package dev.udpprobe.module;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is sent.
 *
 * @param fresh the names of the values that it makes
 */
record Template(List<Piece> pieces, Set<String> fresh) {

	/**
	 * @param known the values that it may write; those that it makes are added
	 * @throws BadSettingException if a value cannot be written as the template wants it
	 */
	byte[] write(Map<String, byte[]> known) {
		Composition out = new Composition(known);
		try {
			this.pieces.forEach((piece) -> piece.write(out));
			return out.finish();
		}
		catch (IllegalArgumentException ex) {
			throw new BadSettingException("", String.valueOf(ex.getMessage()));
		}
	}

}
