package dev.udpprobe.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A question, and answers to it that dnsjava writes.
 */
final class DnsSamples {

	static final Map<String, String> SETTINGS = Map.of("name", "www.example.test", "type", "A", "class", "IN",
			"recursion", "true", "nsid", "false", "dnssec", "false", "size", "1232");

	private DnsSamples() {}

	/**
	 * @param changed names and values of settings, in turn
	 */
	static Codec.Message message(String... changed) {
		Map<String, String> settings = new HashMap<>(SETTINGS);
		for (int i = 0; i < changed.length; i += 2) {
			settings.put(changed[i], changed[i + 1]);
		}
		return new DnsCodec().message(settings);
	}

	static @Nullable SequencedMap<String, FieldValue> read(byte[] request, byte[] answer) {
		return message().answer(request, answer);
	}

	static SequencedMap<String, FieldValue> fields(byte[] request, byte[] answer) {
		SequencedMap<String, FieldValue> fields = read(request, answer);
		if (fields == null) {
			throw new AssertionError("It is taken for a stray.");
		}
		return fields;
	}

	/**
	 * @return the question with the head of an answer, for more to be added
	 */
	static Message answer(byte[] request) {
		try {
			Message answer = new Message(request);
			answer.removeAllRecords(Section.ADDITIONAL);
			answer.getHeader().setFlag(Flags.QR);
			answer.getHeader().setFlag(Flags.RA);
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * @param records name, TTL, class, type and data with a space between two
	 */
	static Message answer(byte[] request, String... records) {
		Message answer = answer(request);
		for (String record : records) {
			answer.addRecord(record(record), Section.ANSWER);
		}
		return answer;
	}

	static Record record(String text) {
		String[] parts = text.split(" ", 5);
		try {
			return Record.fromString(Name.fromString(parts[0]), Type.value(parts[3]), DClass.value(parts[2]),
					Long.parseLong(parts[1]), parts[4], Name.root);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
