package dev.udpprobe.module;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;

import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import dev.udpprobe.net.AddressText;

/**
 * Writes records as a zone file has them, with one space between two fields. dnsjava knows how, but bounds nothing: it gets
 * short data without pointers, and none once it has written enough. Other data is written in hexadecimal digits (RFC 3597 5).
 */
final class DnsRecordText {

	/** Of one record. */
	static final int LONGEST = 512;

	/** A signature or a key of RSA with 4,096 bits is not longer. */
	private static final int LONGEST_DATA = 800;

	/** Of what dnsjava writes for one answer; a bitmap of types is 72 times as long as its data. */
	private static final int ENOUGH = 16_384;

	/** dnsjava shares one DecimalFormat between all threads. */
	private static final Object DNSJAVA = new Object();

	/** Where the names are that a server may compress (RFC 1035 3.3) or that many do (RFC 3597 4). */
	private static final Map<Integer, Names> COMPRESSED = Map.ofEntries(
			Map.entry(Type.NS, new Names(0, 1)),
			Map.entry(Type.MD, new Names(0, 1)),
			Map.entry(Type.MF, new Names(0, 1)),
			Map.entry(Type.CNAME, new Names(0, 1)),
			Map.entry(Type.SOA, new Names(0, 2)),
			Map.entry(Type.MB, new Names(0, 1)),
			Map.entry(Type.MG, new Names(0, 1)),
			Map.entry(Type.MR, new Names(0, 1)),
			Map.entry(Type.PTR, new Names(0, 1)),
			Map.entry(Type.MINFO, new Names(0, 2)),
			Map.entry(Type.MX, new Names(2, 1)),
			Map.entry(Type.RP, new Names(0, 2)),
			Map.entry(Type.AFSDB, new Names(2, 1)),
			Map.entry(Type.RT, new Names(2, 1)),
			Map.entry(Type.PX, new Names(2, 2)),
			Map.entry(Type.SRV, new Names(6, 1)),
			Map.entry(Type.KX, new Names(2, 1)),
			Map.entry(Type.DNAME, new Names(0, 1)));

	private int written;

	/**
	 * @param before octets of the data before its names
	 */
	private record Names(int before, int count) {}

	/**
	 * @param owner its name, not read yet
	 * @param data of the record, not read yet
	 */
	String of(DnsInput owner, int type, int dclass, long ttl, DnsInput data) throws MalformedException {
		ByteArrayOutputStream record = new ByteArrayOutputStream(LONGEST);
		owner.name(record);
		try {
			String head = new Name(record.toByteArray()) + " " + ttl + " " + DClass.string(dclass) + " "
					+ Type.string(type);
			String tail = (type == Type.TXT || type == Type.SPF) ? strings(data) : data(record, type, dclass, data);
			String text = tail.isEmpty() ? head : head + " " + tail;
			return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST - 3) + "...";
		}
		catch (IOException | RuntimeException _) {
			throw new MalformedException("has other data than type %s has".formatted(Type.string(type)));
		}
	}

	private String data(ByteArrayOutputStream record, int type, int dclass, DnsInput data)
			throws IOException, MalformedException {
		// The names of a HIP record are as many as fit, and each could lead through all others.
		if (data.left() > LONGEST_DATA || this.written > ENOUGH || type == Type.HIP) {
			return "\\# " + data.left() + " " + HexFormat.of().withUpperCase().formatHex(data.bytes(LONGEST / 2));
		}
		byte[] plain = plain(type, data);
		record.writeBytes(new byte[]{(byte) (type >> 8), (byte) type, (byte) (dclass >> 8), (byte) dclass, 0, 0, 0, 0,
				(byte) (plain.length >> 8), (byte) plain.length});
		record.writeBytes(plain);
		synchronized (DNSJAVA) {
			Record parsed = Record.fromWire(record.toByteArray(), Section.ANSWER);
			// dnsjava shortens no IPv6 address (RFC 5952), as zone files and people do.
			String text = (parsed instanceof AAAARecord ipv6)
					? AddressText.of(ipv6.getAddress())
					: parsed.rdataToString();
			this.written += text.length();
			return text;
		}
	}

	/** dnsjava quotes only where it must, which nobody can foresee. */
	private static String strings(DnsInput data) throws MalformedException {
		StringBuilder text = new StringBuilder();
		while (data.left() > 0 && text.length() < LONGEST) {
			text.append(text.isEmpty() ? "\"" : " \"");
			for (byte octet : data.part(data.u8()).bytes(LONGEST)) {
				if (octet < ' ' || octet > '~') {
					int value = octet & 0xFF;
					text.append('\\').append(value / 100).append(value / 10 % 10).append(value % 10);
					continue;
				}
				if (octet == '"' || octet == '\\') {
					text.append('\\');
				}
				text.append((char) octet);
			}
			text.append('"');
		}
		return text.toString();
	}

	/** The data without pointers. */
	private static byte[] plain(int type, DnsInput data) throws MalformedException {
		ByteArrayOutputStream plain = new ByteArrayOutputStream(64);
		Names names = COMPRESSED.get(type);
		if (names != null) {
			data.part(names.before()).rest(plain);
			for (int i = 0; i < names.count(); i++) {
				data.name(plain);
			}
		}
		data.rest(plain);
		return plain.toByteArray();
	}

}
