package dev.udpprobe.module;

import java.util.Locale;
import java.util.Map;

import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * DNS (RFC 1035) with EDNS (RFC 6891), as dnsjava writes it.
 */
final class DnsCodec implements Codec {

	private static final int LONGEST_NAME = 253;

	/** RFC 6891 6.2.3: less means the same. */
	private static final int SMALLEST_SIZE = 512;

	@Override
	public Message message(Map<String, String> settings) {
		Name name = name(value(settings, "name"));
		org.xbill.DNS.Message query = new org.xbill.DNS.Message(0);
		query.addRecord(Record.newRecord(name, type(value(settings, "type")), dclass(value(settings, "class"))),
				Section.QUESTION);
		if (flag(settings, "recursion")) {
			query.getHeader().setFlag(Flags.RD);
		}
		boolean nsid = flag(settings, "nsid");
		boolean dnssec = flag(settings, "dnssec");
		int size = size(value(settings, "size"));
		if (size != 0) {
			query.addRecord(new OPTRecord(size, 0, 0, dnssec ? ExtendedFlags.DO : 0,
					nsid ? new EDNSOption[]{new NSIDOption(new byte[0])} : new EDNSOption[0]), Section.ADDITIONAL);
		}
		else if (nsid || dnssec) {
			throw new BadSettingException("size", "it is 0, so there is no EDNS, which %s=true needs"
					.formatted(nsid ? "nsid" : "dnssec"));
		}
		return new DnsMessage(query.toWire(), name.length());
	}

	private static Name name(String text) {
		if (text.length() > LONGEST_NAME + (text.endsWith(".") ? 1 : 0)) {
			throw new BadSettingException("name",
					"a domain name has at most %d characters, not %d".formatted(LONGEST_NAME, text.length()));
		}
		try {
			if (text.equals("@") || text.chars().anyMatch((character) -> character <= ' ' || character > '~')) {
				throw new TextParseException(text);
			}
			return Name.fromString(text, Name.root);
		}
		catch (TextParseException _) {
			throw new BadSettingException("name",
					("'%s' is not a domain name; it takes ASCII characters, 1 to 63 in a label, "
							+ "such as www.example.org, or . for the root").formatted(text));
		}
	}

	private static int type(String text) {
		int type = Type.value(text.toUpperCase(Locale.ROOT), true);
		if (type < 0) {
			throw new BadSettingException("type",
					"'%s' is not a record type; it takes for example A, AAAA, SOA, TYPE65".formatted(text));
		}
		return type;
	}

	private static int dclass(String text) {
		int dclass = DClass.value(text.toUpperCase(Locale.ROOT));
		if (dclass < 0) {
			throw new BadSettingException("class",
					"'%s' is not a class; it takes for example IN, CH, HS, CLASS4".formatted(text));
		}
		return dclass;
	}

	private static int size(String text) {
		try {
			int size = Integer.parseInt(text);
			if (size == 0 || (size >= SMALLEST_SIZE && size <= 0xFFFF)) {
				return size;
			}
		}
		catch (NumberFormatException _) {
			// Falls through.
		}
		throw new BadSettingException("size",
				"'%s' is not a size; it takes %d to 65535 bytes, or 0 for no EDNS".formatted(text, SMALLEST_SIZE));
	}

	private static boolean flag(Map<String, String> settings, String name) {
		String text = value(settings, name);
		return switch (text) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new BadSettingException(name, "'%s' is neither true nor false".formatted(text));
		};
	}

	private static String value(Map<String, String> settings, String name) {
		String value = settings.get(name);
		if (value == null) {
			throw new BadSettingException(name, "it has no value");
		}
		return value;
	}

}
