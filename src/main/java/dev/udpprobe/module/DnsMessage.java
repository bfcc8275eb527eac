package dev.udpprobe.module;

import java.security.SecureRandom;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

/**
 * Queries that differ in their id, and what answers them (RFC 5452 9.1).
 */
final class DnsMessage implements Codec.Message {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final byte[] query;

	/** Of the name in the question. */
	private final int nameEnd;

	/**
	 * @param query with one question
	 * @param name octets of the name in it
	 */
	DnsMessage(byte[] query, int name) {
		this.query = query;
		this.nameEnd = DnsAnswer.HEADER + name;
	}

	@Override
	public byte[] next() {
		byte[] next = this.query.clone();
		int id = RANDOM.nextInt(1 << 16);
		next[0] = (byte) (id >> 8);
		next[1] = (byte) id;
		return next;
	}

	@Override
	public @Nullable SequencedMap<String, FieldValue> answer(byte[] request, byte[] message) {
		if (message.length < DnsAnswer.HEADER || message[0] != request[0] || message[1] != request[1]
				|| (message[2] & 0xF8) != ((request[2] & 0x78) | 0x80) || message[4] != 0) {
			return null;
		}
		boolean asked = message[5] == 1;
		if (asked ? !repeatsQuestion(request, message) : message[5] != 0) {
			return null;
		}
		DnsAnswer answer = new DnsAnswer(message, asked ? this.nameEnd + 4 : DnsAnswer.HEADER);
		// Some servers repeat no question that they do not understand.
		return (asked || answer.rcode() != 0) ? answer.fields() : null;
	}

	private boolean repeatsQuestion(byte[] request, byte[] message) {
		if (message.length < this.nameEnd + 4) {
			return false;
		}
		for (int i = DnsAnswer.HEADER; i < this.nameEnd + 4; i++) {
			// The length of a label is no letter.
			boolean same = (i < this.nameEnd) ? lower(request[i]) == lower(message[i]) : request[i] == message[i];
			if (!same) {
				return false;
			}
		}
		return true;
	}

	/** RFC 4343: of ASCII alone. */
	private static int lower(byte octet) {
		return (octet >= 'A' && octet <= 'Z') ? octet + 32 : octet;
	}

}
