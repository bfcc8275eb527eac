package dev.udpprobe.module;

import java.time.Instant;
import java.util.List;

/**
 * What one field of an answer says.
 */
public sealed interface FieldValue {

	/**
	 * A number.
	 */
	@SuppressWarnings("JavaLangClash")
	record Number(long value) implements FieldValue {}

	/**
	 * A number that the protocol has a name for, such as 2, SERVFAIL.
	 *
	 * @param name the number's digits where there is none
	 */
	record Code(long value, String name) implements FieldValue {}

	/**
	 * Text.
	 */
	record Text(String value) implements FieldValue {}

	/**
	 * A moment.
	 */
	record Time(Instant value) implements FieldValue {}

	/**
	 * Bytes, which are nobody's to change.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Bytes(byte[] value) implements FieldValue {}

	/**
	 * Texts, one for each item of a list.
	 */
	record Texts(List<String> values) implements FieldValue {

		public Texts {
			values = List.copyOf(values);
		}

	}

}
