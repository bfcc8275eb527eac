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
import java.util.stream.Stream;

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
			rfc862    | frame.protocols=raw:ip:udp:echo
			mdns      | frame.protocols=raw:ip:udp:mdns dns.qry.name=_services._dns-sd._udp.local dns.qry.type=12 dns.count.answers=0
			netbios-ns | frame.protocols=raw:ip:udp:nbns nbns.type=33
			dhcp      | frame.protocols=raw:ip:udp:dhcp dhcp.type=1 dhcp.option.dhcp=8 dhcp.ip.client=192.0.2.1
			ssdp      | frame.protocols=raw:ip:udp:ssdp http.request.method=M-SEARCH
			ike       | frame.protocols=raw:ip:udp:isakmp isakmp.version=0x30 isakmp.length=28
			ike-nat-t | frame.protocols=raw:ip:udp:udpencap:isakmp isakmp.version=0x30 isakmp.length=28
			ike-init  | frame.protocols=raw:ip:udp:isakmp isakmp.version=0x20 isakmp.exchangetype=34 isakmp.key_exchange.dh_group=1
			openvpn   | frame.protocols=raw:ip:udp:openvpn openvpn.opcode=0x07 openvpn.mpidarraylength=0
			l2tp      | frame.protocols=raw:ip:udp:l2tp l2tp.avp.message_type=1 l2tp.avp.host_name=udp-probe l2tp.avp.protocol_version=1 l2tp.length=*
			turn      | frame.protocols=raw:ip:udp:stun stun.type=0x0003 stun.type.method=0x0003
			radius    | frame.protocols=raw:ip:udp:radius radius.code=12 radius.length=38 radius.Message_Authenticator=*
			kerberos  | frame.protocols=raw:ip:udp:kerberos kerberos.msg_type=10 kerberos.realm=EXAMPLE.TEST kerberos.SNameString=udp-probe,*
			ipmi      | frame.protocols=raw:ip:udp:rmcp:asf asf.type=0x80 asf.iana=4542 asf.len=0
			sbfd      | frame.protocols=raw:ip:udp:bfd bfd.version=1 bfd.sta=0x01 bfd.flags.d=1 bfd.your_discriminator=0xaabbccdd bfd.message_length=24
			bacnet    | frame.protocols=raw:ip:udp:bvlc:bacnet:bacapp bacapp.type=0 bacapp.confirmed_service=12 bacapp.instance_number=4194303 bacapp.property_identifier=77
			coap      | frame.protocols=raw:ip:udp:coap coap.type=0 coap.code=0 coap.token_len=0
			gtpu      | frame.protocols=raw:ip:udp:gtp gtp.message=0x01 gtp.flags.s=1 gtp.length=4
			pfcp      | frame.protocols=raw:ip:udp:pfcp pfcp.msg_type=1 pfcp.length=12 pfcp.ie_type=96
			dtls      | frame.protocols=raw:ip:udp:dtls dtls.handshake.type=1 dtls.handshake.version=0xfefd dtls.handshake.cookie_length=0
			rpc       | frame.protocols=raw:ip:udp:rpc rpc.msgtyp=0 rpc.version=2 rpc.program=100000 rpc.programversion=2,2 rpc.procedure=0
			a2s       | frame.protocols=raw:ip:udp:data data.data=ffffffff54536f7572636520456e67696e6520517565727900
			minecraft-bedrock | frame.protocols=raw:ip:udp:raknet:raknet raknet.offline.message.id=0x01 raknet.offline_message.data_id=00ffff00fefefefefdfdfdfd12345678
			quake3    | frame.protocols=raw:ip:udp:quake3 quake3.connectionless.marker=0xffffffff _ws.malformed=*
			statsd    | frame.protocols=raw:ip:udp:data data.data=7564702d70726f62653a317c63
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
			mdns      | dns.ptr.domain_name=_workstation._tcp.local dns.flags.rcode=0
			netbios-ns | nbns.flags.response=*
			dhcp      | dhcp.type=2 dhcp.option.dhcp=5 dhcp.option.router=192.0.2.1 dhcp.option.dhcp_server_id=192.0.2.1
			ssdp      | http.response.code=200 http.location=http://192.0.2.2/d.xml
			ike       | isakmp.version=0x20 isakmp.flag_r=* isakmp.notify.msgtype=5
			ike-nat-t | isakmp.version=0x20 isakmp.flag_r=* isakmp.notify.msgtype=5
			ike-init  | isakmp.version=0x20 isakmp.notify.msgtype=17
			openvpn   | openvpn.opcode=0x08 openvpn.mpidarraylength=1
			l2tp      | l2tp.length=12 l2tp.Nr=2
			turn      | stun.type=0x0113 stun.response-to=* stun.att.error=* stun.att.realm=example.test
			radius    | radius.code=2 radius.Reply_Message=all-is-well
			kerberos  | kerberos.msg_type=30 kerberos.error_code=6 kerberos.realm=EXAMPLE.TEST
			ipmi      | frame.protocols=raw:ip:udp:rmcp:asf:data asf.type=0x40 asf.iana=4542 asf.len=16
			sbfd      | bfd.sta=0x03 bfd.flags.d=0 bfd.my_discriminator=0xaabbccdd
			bacnet    | bacapp.type=3 bacapp.confirmed_service=12 bacapp.instance_number=1234 bacapp.object_name=*
			coap      | coap.type=3 coap.code=0
			gtpu      | gtp.message=0x02 gtp.response_to=* gtp.recovery=0
			pfcp      | pfcp.msg_type=2 pfcp.response_to=* pfcp.recovery_time_stamp=*2024*
			dtls      | dtls.handshake.type=3 dtls.handshake.cookie_length=20
			rpc       | rpc.msgtyp=1 rpc.replystat=0 rpc.state_accept=0 rpc.repframe=*
			minecraft-bedrock | raknet.offline.message.id=0x1c raknet.server_id_str_len=49
			quake3    | frame.protocols=raw:ip:udp:quake3 quake3.connectionless.marker=0xffffffff _ws.malformed=*
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
		List<String> wrong = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			wrong.addAll(wrong(packets.get(i), rows.get(i).expected()));
		}
		assertThat(wrong).isEmpty();
	}

	private static List<String> wrong(Map<String, String> packet, Map<String, String> expected) {
		List<String> wrong = new ArrayList<>();
		expected.forEach((field, value) -> {
			if (!packet.getOrDefault(field, "").matches(Pattern.quote(value).replace("*", "\\E.+\\Q"))) {
				wrong.add("%s is not %s in %s".formatted(field, value, packet));
			}
		});
		boolean sound = packet.getOrDefault("_ws.malformed", "").isEmpty()
				&& Stream.of(packet.getOrDefault("_ws.expert.severity", "").split(",", -1))
						.allMatch((severity) -> severity.isEmpty() || Integer.parseInt(severity) < ERROR);
		if (!sound && !expected.containsKey("_ws.malformed")) {
			wrong.add("malformed: " + packet);
		}
		return wrong;
	}

	/**
	 * A packet, and what is in it.
	 */
	private record Row(Map<String, String> expected) {}

	@Test
	void everyModuleIsRead() {
		assertThat(LibraryModules.with().all()).extracting(ProbeModule::name)
				.filteredOn((name) -> !name.equals("any"))
				.containsExactlyInAnyOrderElementsOf(parse(REQUESTS).keySet());
	}

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
				all.putIfAbsent("frame.protocols", expected.get("frame.protocols"));
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
