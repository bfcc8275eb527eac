package dev.udpprobe.module;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Values that nothing may show, as they are and as they are sent.
 */
final class Secrets {

	static final String MASK = "***";

	private final List<byte[]> secrets = new ArrayList<>();

	private final boolean summed;

	/**
	 * @param known values, by name
	 * @param summed whether a checksum may stand beside them, by which they could be guessed
	 */
	Secrets(Collection<Setting> settings, Map<String, byte[]> known, boolean summed) {
		this.summed = summed;
		for (Setting setting : settings) {
			byte[] value = known.get(setting.name());
			if (setting.secret() && value != null && value.length > 0) {
				addAll(value);
			}
		}
	}

	private void addAll(byte[] value) {
		for (Encoding encoding : Encoding.Simple.values()) {
			try {
				this.secrets.add(encoding.encode(value));
			}
			catch (IllegalArgumentException _) {
				// It cannot be sent so.
			}
		}
		this.secrets.removeIf((secret) -> secret.length == 0);
	}

	/**
	 * @return the bytes, with as many asterisks for each secret; or asterisks alone, if a checksum is beside it
	 */
	byte[] masked(byte[] bytes) {
		if (this.secrets.isEmpty()) {
			return bytes;
		}
		byte[] masked = bytes.clone();
		for (byte[] secret : this.secrets) {
			for (int at = 0; at + secret.length <= bytes.length; at++) {
				if (Arrays.equals(bytes, at, at + secret.length, secret, 0, secret.length)) {
					Arrays.fill(masked, this.summed ? 0 : at, this.summed ? bytes.length : at + secret.length,
							(byte) '*');
				}
			}
		}
		return masked;
	}

	private String masked(String text) {
		String masked = text;
		for (byte[] secret : this.secrets) {
			masked = masked.replace(Layouts.text(secret), MASK).replace(HexFormat.of().formatHex(secret), MASK);
		}
		return (this.summed && !masked.equals(text)) ? MASK : masked;
	}

	/**
	 * @return the values without what is secret
	 */
	SequencedMap<String, FieldValue> masked(SequencedMap<String, FieldValue> values) {
		if (this.secrets.isEmpty()) {
			return values;
		}
		SequencedMap<String, FieldValue> masked = new LinkedHashMap<>();
		values.forEach((name, value) -> masked.put(name, masked(value)));
		return masked;
	}

	private FieldValue masked(FieldValue value) {
		return switch (value) {
			case FieldValue.Text(String text) -> new FieldValue.Text(masked(text));
			case FieldValue.Texts(List<String> texts) ->
				new FieldValue.Texts(texts.stream().map(this::masked).toList());
			case FieldValue.Bytes(byte[] bytes) -> new FieldValue.Bytes(masked(bytes));
			case FieldValue.Number _,FieldValue.Code _ -> value;
		};
	}

}
