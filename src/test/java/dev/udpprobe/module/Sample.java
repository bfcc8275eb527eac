package dev.udpprobe.module;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.udpprobe.config.LibraryModules;

/**
 * What a module of the library asks, and the true answer to it, which is written by hand from the specification of its protocol.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum Sample {

	/** RFC 1035 4.1: one address. */
	DNS("dns", 53, Map.of("name", "www.example.test", "type", "A")) {

		@Override
		byte[] answer(byte[] request) {
			byte[] question = Arrays.copyOfRange(request, 12, 12 + 18 + 4);
			return Octets.bytes(Arrays.copyOf(request, 2), "8180 0001 0001 0000 0000", question,
					"C00C 0001 0001 0000003C 0004 C0000207");
		}

		@Override
		List<byte[]> ids(byte[] request) {
			return List.of(Arrays.copyOf(request, 2));
		}

	},

	/** RFC 5905 7.3: mode 4, stratum 2. */
	NTP("ntp", 123, Map.of()) {

		@Override
		byte[] answer(byte[] request) {
			return Octets.bytes("24 02 06 E9 00000100 00000200 C0000201 ECD2000000000000",
					Arrays.copyOfRange(request, 40, 48),
					"ECD2000180000000 ECD2000180000001");
		}

		@Override
		List<byte[]> ids(byte[] request) {
			return List.of(Arrays.copyOfRange(request, 40, 48));
		}

	},

	/** RFC 3414 3.2: a report of usmStatsUnknownEngineIDs. */
	SNMP("snmp", 161, Map.of()) {

		@Override
		byte[] answer(byte[] request) {
			byte[] id = Arrays.copyOfRange(request, 7, 13);
			byte[] engine = Octets.bytes("80001F8804", Octets.text("engine"));
			return Octets.tlv(0x30, "020103", Octets.tlv(0x30, id, "020300FFE3 040100 020103"),
					Octets.tlv(0x04, Octets.tlv(0x30, Octets.tlv(0x04, engine), "020105 02020E10 0400 0400 0400")),
					Octets.tlv(0x30, Octets.tlv(0x04, engine), "0400",
							Octets.tlv(0xA8, "020400000000 020100 020100",
									Octets.tlv(0x30, Octets.tlv(0x30, "060A2B060106030F01010400 410107")))));
		}

		@Override
		List<byte[]> ids(byte[] request) {
			return List.of(Arrays.copyOfRange(request, 9, 13));
		}

	},

	/** RFC 3416 4.2: a response of sysUpTime.0. */
	SNMP_V2C("snmp-v2c", 161, Map.of()) {

		@Override
		byte[] answer(byte[] request) {
			return Octets.tlv(0x30, "020101 0406", Octets.text("public"),
					Octets.tlv(0xA2, "0204", Arrays.copyOfRange(request, 17, 21), "020100 020100",
							Octets.tlv(0x30, Octets.tlv(0x30, "06082B06010201010300 430301E240"))));
		}

		@Override
		List<byte[]> ids(byte[] request) {
			return List.of(Arrays.copyOfRange(request, 17, 21), Octets.text("public"));
		}

	},

	/** RFC 3261 8.2.6. */
	SIP("sip", 5060, Map.of("statuses", "200")) {

		@Override
		byte[] answer(byte[] request) {
			return Octets
					.text("""
							SIP/2.0 200 OK
							Via: %s;received=127.0.0.1
							From: %s
							To: %s;tag=1928301774
							Call-ID: %s
							CSeq: %s
							Server: sample
							Content-Length: 0

							"""
							.formatted(Octets.header(request, "Via"), Octets.header(request, "From"),
									Octets.header(request, "To"),
									Octets.header(request, "Call-ID"), Octets.header(request, "CSeq"))
							.replace("\n", "\r\n"));
		}

		@Override
		List<byte[]> ids(byte[] request) {
			String via = Octets.header(request, "Via");
			int branch = via.indexOf("z9hG4bK") + "z9hG4bK".length();
			return List.of(Octets.text(Octets.header(request, "Call-ID")),
					Octets.text(via.substring(branch, via.indexOf(';', branch))));
		}

	},

	/** RFC 8489 5, 14.2, 14.14: 192.0.2.1 port 32853, and the name of the server. */
	STUN("stun", 3478, Map.of()) {

		@Override
		byte[] answer(byte[] request) {
			return Octets.bytes("0101 0018", Arrays.copyOfRange(request, 4, 20), "0020 0008 0001 A147 E112A643",
					"8022 0006", Octets.text("sample"), "0000");
		}

		@Override
		List<byte[]> ids(byte[] request) {
			return List.of(Arrays.copyOfRange(request, 4, 20));
		}

	},

	/** RFC 9000 17.2.1: version 1. */
	QUIC("quic", 443, Map.of()) {

		@Override
		byte[] answer(byte[] request) {
			return Octets.bytes("CF 00000000 08", Arrays.copyOfRange(request, 15, 23), "08",
					Arrays.copyOfRange(request, 6, 14), "00000001");
		}

		@Override
		List<byte[]> ids(byte[] request) {
			return List.of(Arrays.copyOfRange(request, 6, 14), Arrays.copyOfRange(request, 15, 23));
		}

	},

	/** Its protocol.txt, UDP protocol. */
	MEMCACHED("memcached", 11211, Map.of()) {

		@Override
		byte[] answer(byte[] request) {
			return Octets.bytes(Arrays.copyOf(request, 2), "0000 0001 0000", Octets.text("VERSION 1.6.18\r\n"));
		}

		@Override
		List<byte[]> ids(byte[] request) {
			return List.of(Arrays.copyOf(request, 2));
		}

	},

	/** RFC 1350 5: there is no such file. */
	TFTP("tftp", 69, Map.of()) {

		@Override
		byte[] answer(byte[] request) {
			return Octets.bytes("0005 0001", Octets.text("File not found\0"));
		}

	},

	/** RFC 862, and a greeting. */
	ECHO("echo", 7, Map.of()) {

		@Override
		byte[] answer(byte[] request) {
			return Octets.bytes(Octets.text("Hi, "), request);
		}

		@Override
		List<byte[]> ids(byte[] request) {
			return List.of(request);
		}

	};

	private static final Modules LIBRARY = LibraryModules.with();

	private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

	private final String module;

	private final int port;

	private final Map<String, String> settings;

	Sample(String module, int port, Map<String, String> settings) {
		this.module = module;
		this.port = port;
		this.settings = settings;
	}

	String module() {
		return this.module;
	}

	/**
	 * @return the port of the protocol
	 */
	int port() {
		return this.port;
	}

	Map<String, String> settings() {
		return this.settings;
	}

	/**
	 * @return the true answer to what the module asks
	 */
	abstract byte[] answer(byte[] request);

	/**
	 * @return what the answer has to have of a request, each so long that it is the first of its kind in it
	 */
	List<byte[]> ids(byte[] request) {
		return List.of();
	}

	ModuleRequest request() {
		return Objects.requireNonNull(LIBRARY.find(this.module)).request(Map.of(), this.settings, null);
	}

	/**
	 * @return what it asks, with fresh ids
	 */
	Said ask() {
		return request().say("127.0.0.1:" + this.port, LOCAL);
	}

}
