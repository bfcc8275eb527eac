package dev.udpprobe.module;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Wireshark reads in the requests of the library, and in the answers that other tests take for true.
 */
@Execution(ExecutionMode.CONCURRENT)
class DissectorTests {

	private static final Modules LIBRARY = LibraryModules.with(LibraryModules.SECRETS);

	/** The values of fields in requests. In a pattern's place stands {@code *}. */
	private static final String REQUESTS = """
			dns       | frame.protocols=raw:ip:udp:dns dns.qry.name=www.example.test dns.qry.type=1 dns.rr.udp_payload_size=1232 dns.count.answers=0
			ntp       | frame.protocols=raw:ip:udp:ntp ntp.flags.vn=4 ntp.flags.mode=3
			snmp      | frame.protocols=raw:ip:udp:snmp snmp.msgVersion=3 snmp.data=0
			snmp-v2c  | frame.protocols=raw:ip:udp:snmp snmp.version=1 snmp.community=public snmp.name=1.3.6.1.2.1.1.3.0 snmp.data=0
			sip       | frame.protocols=raw:ip:udp:sip sip.Method=OPTIONS sip.r-uri=sip:192.0.2.2:5060 sip.CSeq.method=OPTIONS sip.Via.branch=z9hG4bK* sip.Max-Forwards=70 sip.Content-Length=0
			stun      | frame.protocols=raw:ip:udp:stun stun.type=0x0001 stun.length=0
			quic      | frame.protocols=raw:ip:udp:quic quic.version=0x1a2a3a4a quic.dcil=8 quic.scil=8 quic.long.packet_type=0 quic.length=1174
			memcached | frame.protocols=raw:ip:udp:memcache
			tftp      | frame.protocols=raw:ip:udp:tftp tftp.opcode=1 tftp.source_file=udp-probe tftp.type=octet
			syslog    | frame.protocols=raw:ip:udp:syslog syslog.facility=1 syslog.level=6 syslog.version=1 syslog.appname=udp-probe
			echo      | frame.protocols=raw:ip:udp:echo
			""";

	/** The same, of answers. */
	private static final String ANSWERS = """
			dns       | dns.a=192.0.2.7 dns.flags.rcode=0 dns.response_to=*
			ntp       | ntp.flags.mode=4 ntp.stratum=2
			snmp      | snmp.msgVersion=3 snmp.data=8 snmp.name=1.3.6.1.6.3.15.1.1.4.0
			snmp-v2c  | snmp.data=2 snmp.response_to=* snmp.name=1.3.6.1.2.1.1.3.0
			sip       | sip.Status-Code=200 sip.response-request=*
			stun      | stun.type=0x0101 stun.response-to=* stun.att.ipv4=192.0.2.1 stun.att.port=32853 stun.att.software=sample
			quic      | quic.version=0x00000000 quic.supported_version=0x00000001
			tftp      | tftp.opcode=5 tftp.error.code=1
			""";

	/** What tshark adds: its own words about a packet. */
	private static final List<String> ALWAYS = List.of("_ws.malformed", "_ws.expert.severity", "_ws.expert.message");

	/** Of Wireshark's severities: an error; below are warnings, notes and chats. */
	private static final int ERROR = 0x0080_0000;

	@Test
	void itIsTheProtocol(@TempDir Path directory) throws Exception {
		ExternalTool.find("tshark");
		Pcap pcap = new Pcap();
		List<Row> rows = new ArrayList<>();
		write(pcap, rows);
		Path file = Files.write(directory.resolve("datagrams.pcap"), pcap.bytes());
		Set<String> fields = new LinkedHashSet<>(ALWAYS);
		rows.forEach((row) -> fields.addAll(row.expected().keySet()));
		List<Map<String, String>> packets = dissect(file, List.copyOf(fields));
		assertThat(packets).hasSameSizeAs(rows);
		for (int i = 0; i < rows.size(); i++) {
			Map<String, String> packet = packets.get(i);
			rows.get(i).expected().forEach((field, value) -> assertThat(packet.get(field))
					.as("%s of %s", field, packet)
					.matches(Pattern.quote(value).replace("*", "\\E.+\\Q")));
			assertThat(packet.get("_ws.malformed")).as(packet::toString).isEmpty();
			assertThat(packet.getOrDefault("_ws.expert.severity", "").split(",", -1)).as(packet::toString)
					.allMatch((severity) -> severity.isEmpty() || Integer.parseInt(severity) < ERROR);
		}
	}

	/**
	 * A packet, and what is in it.
	 */
	private record Row(Map<String, String> expected) {}

	private static void write(Pcap pcap, List<Row> rows) {
		Map<String, Map<String, String>> answers = parse(ANSWERS);
		Map<String, Sample> samples = new LinkedHashMap<>();
		for (Sample sample : Sample.all()) {
			samples.put(sample.module(), sample);
		}
		parse(REQUESTS).forEach((name, expected) -> {
			Sample sample = samples.get(name);
			ProbeModule module = Objects.requireNonNull(LIBRARY.find(name));
			int port = (sample != null) ? sample.port() : module.port();
			int clientPort = 50_000 + rows.size();
			ModuleRequest request = (sample != null)
					? sample.request()
					: module.request(Map.of(), Map.of(), null);
			byte[] datagram = request.message("192.0.2.2:" + port, new InetSocketAddress("192.0.2.1", clientPort));
			pcap.request(clientPort, port, datagram);
			rows.add(new Row(expected));
			if (sample != null) {
				pcap.answer(clientPort, port, sample.bytes(datagram));
				Map<String, String> all = new LinkedHashMap<>(answers.getOrDefault(name, Map.of()));
				all.put("frame.protocols", expected.get("frame.protocols"));
				rows.add(new Row(all));
			}
		});
	}

	private static Map<String, Map<String, String>> parse(String table) {
		Map<String, Map<String, String>> all = new LinkedHashMap<>();
		table.lines().forEach((line) -> {
			String[] cells = line.split("\\|", -1);
			Map<String, String> fields = new LinkedHashMap<>();
			for (String field : cells[1].strip().split(" ", -1)) {
				String[] parts = field.split("=", 2);
				fields.put(parts[0], parts[1]);
			}
			all.put(cells[0].strip(), fields);
		});
		return all;
	}

	/** In one go, because it takes long to start. */
	private static List<Map<String, String>> dissect(Path file, List<String> fields) throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("-r", file.toString(), "-n", "-T", "fields", "-E", "separator=|"));
		fields.forEach((field) -> arguments.addAll(List.of("-e", field)));
		List<Map<String, String>> packets = new ArrayList<>();
		try (ExternalTool tshark = ExternalTool.start("tshark", arguments.toArray(String[]::new))) {
			tshark.output().lines().forEach((line) -> {
				String[] values = line.split("\\|", -1);
				Map<String, String> packet = new LinkedHashMap<>();
				for (int i = 0; i < values.length; i++) {
					packet.put(fields.get(i), values[i]);
				}
				packets.add(packet);
			});
		}
		return packets;
	}

}
