package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * What an answer says (RFC 1035 4.1). It walks over all records once, by their lengths, and looks into few.
 *
 * <pre>
 *  0  id                                    6  count of the answer section
 *  2  QR, opcode (4 bits), AA, TC, RD       8  of the authority section
 *  3  RA, Z, AD, CD, rcode (4 bits)        10  of the additional section
 *  4  count of questions                   12  question, then the records
 * </pre>
 */
final class DnsAnswer {

	static final int HEADER = 12;

	/** How many records are written. */
	static final int MOST_RECORDS = 32;

	private static final List<String> SECTIONS = List.of("answer", "authority", "additional");

	private static final int NSID = 3;

	private final byte[] message;

	private final DnsInput input;

	private final DnsRecordText texts = new DnsRecordText();

	private final List<String> records = new ArrayList<>();

	private int rcode;

	private int sectionsRead;

	/** Of the record in its section. */
	private int index;

	private long ttl = Long.MAX_VALUE;

	private @Nullable Long serial;

	private @Nullable String nsid;

	private @Nullable String malformed;

	/**
	 * @param message with a whole header
	 * @param records where they begin
	 */
	DnsAnswer(byte[] message, int records) {
		this.message = message;
		this.input = new DnsInput(message, records);
		this.rcode = message[3] & 0xF;
		try {
			for (; this.sectionsRead < SECTIONS.size(); this.sectionsRead++) {
				int count = count(this.sectionsRead);
				for (this.index = 0; this.index < count; this.index++) {
					readRecord();
				}
			}
			if (this.input.left() > 0) {
				this.malformed = "there is more behind the last record";
			}
		}
		catch (MalformedException ex) {
			// A server may cut where it wants, if it says so.
			if (!ex.isCutOff() || flag(2, 0x02) == 0) {
				this.malformed = "record %d of the %s section %s".formatted(this.index + 1,
						SECTIONS.get(this.sectionsRead), ex.getMessage());
			}
		}
	}

	/**
	 * @return as far as known: its upper bits are in a record (RFC 6891 6.1.3)
	 */
	int rcode() {
		return this.rcode;
	}

	/**
	 * The counts are the header's, so that of the additional section includes EDNS, as dig has it.
	 */
	SequencedMap<String, FieldValue> fields() {
		SequencedMap<String, FieldValue> fields = new LinkedHashMap<>();
		fields.put("rcode", new FieldValue.Code(this.rcode, Rcode.string(this.rcode)));
		fields.put("authoritative", new FieldValue.Number(flag(2, 0x04)));
		fields.put("truncated", new FieldValue.Number(flag(2, 0x02)));
		fields.put("recursionDesired", new FieldValue.Number(flag(2, 0x01)));
		fields.put("recursionAvailable", new FieldValue.Number(flag(3, 0x80)));
		fields.put("authenticated", new FieldValue.Number(flag(3, 0x20)));
		fields.put("answers", new FieldValue.Number(count(0)));
		fields.put("authority", new FieldValue.Number(count(1)));
		fields.put("additional", new FieldValue.Number(count(2)));
		if (this.sectionsRead > 0 || this.malformed == null) {
			fields.put("answer", new FieldValue.Texts(this.records));
		}
		if (this.serial != null) {
			fields.put("serial", new FieldValue.Number(this.serial));
		}
		if (this.nsid != null) {
			fields.put("nsid", new FieldValue.Text(this.nsid));
		}
		if (this.ttl != Long.MAX_VALUE && (this.sectionsRead > 0 || this.malformed == null)) {
			fields.put("ttl", new FieldValue.Number(this.ttl));
		}
		if (this.malformed != null) {
			fields.put("malformed", new FieldValue.Text(this.malformed));
		}
		return fields;
	}

	private void readRecord() throws MalformedException {
		int start = this.input.position();
		this.input.skipName();
		int type = this.input.u16();
		int dclass = this.input.u16();
		long field = this.input.u32();
		DnsInput data = this.input.part(this.input.u16());
		if (this.sectionsRead == 0) {
			// RFC 2181 8.
			long seconds = (field > Integer.MAX_VALUE) ? 0 : field;
			this.ttl = Math.min(this.ttl, seconds);
			if (this.index < MOST_RECORDS) {
				DnsInput owner = new DnsInput(this.message, start);
				this.records.add(this.texts.of(owner, type, dclass, seconds, data.again()));
			}
		}
		if (this.sectionsRead < 2 && type == Type.SOA && this.serial == null) {
			data.skipName();
			data.skipName();
			this.serial = data.u32();
		}
		if (this.sectionsRead == 2 && type == Type.OPT) {
			this.rcode |= (int) (field >> 24) << 4;
			readOptions(data);
		}
	}

	/** RFC 6891 6.1.2. */
	private void readOptions(DnsInput options) throws MalformedException {
		while (options.left() > 0) {
			int code = options.u16();
			DnsInput option = options.part(options.u16());
			if (code == NSID && this.nsid == null) {
				this.nsid = text(option.bytes(DnsRecordText.LONGEST));
			}
		}
	}

	/** RFC 5001 3 leaves open what the octets mean; many servers have a name there. */
	private static String text(byte[] octets) {
		for (byte octet : octets) {
			if (octet < ' ' || octet > '~') {
				String digits = HexFormat.of().formatHex(octets);
				return digits.substring(0, Math.min(digits.length(), DnsRecordText.LONGEST));
			}
		}
		return new String(octets, StandardCharsets.US_ASCII);
	}

	private int flag(int at, int mask) {
		return ((this.message[at] & mask) != 0) ? 1 : 0;
	}

	private int count(int section) {
		int at = 6 + 2 * section;
		return (this.message[at] & 0xFF) << 8 | (this.message[at + 1] & 0xFF);
	}

}
