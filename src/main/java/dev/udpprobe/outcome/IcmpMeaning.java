package dev.udpprobe.outcome;

import dev.udpprobe.net.Labelled;

/**
 * What an ICMP error says, in either family. The codes are of RFC 792, RFC 1122 3.2.2.1 and
 * RFC 1812 5.2.7.1, and for IPv6 of RFC 4443 and RFC 6550 6.
 */
public enum IcmpMeaning implements Labelled {

	NETWORK_UNREACHABLE(Kind.DESTINATION_UNREACHABLE, Code.of(3, 0), Code.of(1, 0)),

	HOST_UNREACHABLE(Kind.DESTINATION_UNREACHABLE, Code.of(3, 1), Code.of(1, 3)),

	PROTOCOL_UNREACHABLE(Kind.DESTINATION_UNREACHABLE, Code.of(3, 2), Code.NONE),

	/** The refusal. */
	PORT_UNREACHABLE(Kind.DESTINATION_UNREACHABLE, Code.of(3, 3), Code.of(1, 4)),

	/** IPv4: it would have to be fragmented and must not be. IPv6: whichever code. */
	PACKET_TOO_BIG(Kind.PACKET_TOO_BIG, Code.of(3, 4), Code.of(2, Code.ANY)),

	SOURCE_ROUTE_FAILED(Kind.DESTINATION_UNREACHABLE, Code.of(3, 5), Code.of(1, 7)),

	NETWORK_UNKNOWN(Kind.DESTINATION_UNREACHABLE, Code.of(3, 6), Code.NONE),

	HOST_UNKNOWN(Kind.DESTINATION_UNREACHABLE, Code.of(3, 7), Code.NONE),

	SOURCE_HOST_ISOLATED(Kind.DESTINATION_UNREACHABLE, Code.of(3, 8), Code.NONE),

	NETWORK_PROHIBITED(Kind.DESTINATION_UNREACHABLE, Code.of(3, 9), Code.NONE),

	HOST_PROHIBITED(Kind.DESTINATION_UNREACHABLE, Code.of(3, 10), Code.NONE),

	NETWORK_UNREACHABLE_FOR_TOS(Kind.DESTINATION_UNREACHABLE, Code.of(3, 11), Code.NONE),

	HOST_UNREACHABLE_FOR_TOS(Kind.DESTINATION_UNREACHABLE, Code.of(3, 12), Code.NONE),

	/** Communication is administratively prohibited. */
	FILTERED(Kind.DESTINATION_UNREACHABLE, Code.of(3, 13), Code.of(1, 1)),

	PRECEDENCE_VIOLATION(Kind.DESTINATION_UNREACHABLE, Code.of(3, 14), Code.NONE),

	PRECEDENCE_TOO_LOW(Kind.DESTINATION_UNREACHABLE, Code.of(3, 15), Code.NONE),

	/** The source address is not good for where the target is. */
	BEYOND_SCOPE(Kind.DESTINATION_UNREACHABLE, Code.NONE, Code.of(1, 2)),

	SOURCE_POLICY_FAILED(Kind.DESTINATION_UNREACHABLE, Code.NONE, Code.of(1, 5)),

	ROUTE_REJECTED(Kind.DESTINATION_UNREACHABLE, Code.NONE, Code.of(1, 6)),

	/** TTL or hop limit ran out. */
	TTL_EXCEEDED(Kind.TIME_EXCEEDED, Code.of(11, 0), Code.of(3, 0)),

	REASSEMBLY_TIMED_OUT(Kind.TIME_EXCEEDED, Code.of(11, 1), Code.of(3, 1)),

	/** The header has a problem, whichever code says where. */
	PARAMETER_PROBLEM(Kind.PARAMETER_PROBLEM, Code.of(12, Code.ANY), Code.of(4, Code.ANY)),

	/** Anything else. */
	OTHER(Kind.OTHER, Code.NONE, Code.NONE);

	/**
	 * The types of ICMP errors, under one name for both families.
	 */
	public enum Kind implements Labelled {

		DESTINATION_UNREACHABLE, PACKET_TOO_BIG, TIME_EXCEEDED, PARAMETER_PROBLEM, OTHER

	}

	/**
	 * A type and code in one number.
	 */
	private static final class Code {

		static final int NONE = -1;

		static final int ANY = 0xFFFF;

		static int of(int type, int code) {
			return type << 16 | code;
		}

	}

	private final Kind kind;

	private final int ipv4;

	private final int ipv6;

	IcmpMeaning(Kind kind, int ipv4, int ipv6) {
		this.kind = kind;
		this.ipv4 = ipv4;
		this.ipv6 = ipv6;
	}

	/**
	 * @return what a message of this type and code says
	 */
	public static IcmpMeaning of(boolean ipv6, int type, int code) {
		for (IcmpMeaning meaning : values()) {
			int known = ipv6 ? meaning.ipv6 : meaning.ipv4;
			if (known == Code.of(type, code) || known == Code.of(type, Code.ANY)) {
				return meaning;
			}
		}
		return OTHER;
	}

	public Kind kind() {
		return this.kind;
	}

}
