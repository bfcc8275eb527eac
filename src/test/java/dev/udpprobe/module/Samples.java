package dev.udpprobe.module;

/**
 * The true answers, by hand.
 */
final class Samples {

	/** What {@code radius} has in these tests. */
	static final String SECRET = "testing123";

	/**
	 * A module, with another port than its own behind a colon, and settings; the answer; what it is with rubbish behind it; what
	 * asks for more before.
	 */
	static final String TABLE = """
			echo:7 | 'Hi, ' {0-} | GOOD
			rfc862 size=100 | {0-} | STRAY
			dns name=www.example.test type=A | {0-2} 8180 0001 0001 0000 0000 {?12-34} C00C 0001 0001 0000003C 0004 C0000207 | BAD
			mdns | {0-2} 8400 0001 0001 0000 0000 {?12-46} C00C 000C 0001 0000000A 0014 0C '_workstation' 04 '_tcp' C023 | BAD
			netbios-ns | {0-2} 8400 0000 0001 0000 0000 20 {?13-45} 00 0021 0001 00000000  0065 03 'HOST            ' 4400 'HOST           \\0' 4400 'GROUP          \\0' 8400 020000000001 00*40 | GOOD
			dhcp | 02010600 {4-8} 00000000 {?12-16} 00000000 C0000201 00000000 {?28-44} 00*192 63825363 350105 3604C0000201 0304C0000201 0608C0000235C0000236 FF ! 00*30 | GOOD
			ssdp | 'HTTP/1.1 200 OK\\r\\nCACHE-CONTROL: max-age=120\\r\\nSERVER: sample/1 UPnP/1.1\\r\\nLOCATION: http://192.0.2.2/d.xml\\r\\nUSN: uuid:1::upnp:rootdevice\\r\\nST: upnp:rootdevice\\r\\n\\r\\n' | GOOD
			ntp | 24 02 06 E9 00000100 00000200 C0000201 ECD2000000000000 {40-48} ECD2000180000000 ECD2000180000001 | GOOD
			ike | {0-8} 0000000000000000 29 20 22 20 00000000 00000024 00 00 0008 00 00 0005 | GOOD
			ike-nat-t | 00000000 {4-12} 0000000000000000 29 20 22 20 00000000 00000024 00 00 0008 00 00 0005 | GOOD
			ike-init | {0-8} A1A2A3A4A5A6A7A8 29 20 22 20 00000000 00000026 00 00 000A 00 00 0011 000E | GOOD
			openvpn | 40 A1A2A3A4A5A6A7A8 01 00000000 {1-9} 00000000 | STRAY
			l2tp | C802 000C {26-28} 0000 0001 0002 | STRAY | C802 0033 {26-28} 0000 0000 0001 8008 0000 0000 0002 80 0A 0000 0007 'host' 8008 0000 0009 A1A2 00 0D 0000 0008 'example'
			sip statuses=200 | 'SIP/2.0 200 OK\\r\\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK' {branch} ';rport=9;received=192.0.2.1\\r\\nFrom: ' {?From} '\\r\\nTo: ' {?To} ';tag=1928301774\\r\\nCall-ID: ' {Call-ID} '\\r\\nCSeq: ' {?CSeq} '\\r\\nServer: sample\\r\\nContent-Length: 0\\r\\n\\r\\n' | GOOD
			stun | 0101 0018 {4-20} 0020 0008 0001 A147 E112A643 8022 0006 'sample' 0000 | STRAY
			turn | 0113 0034 {4-20} 0009 0010 0000 0401 'Unauthorized' 0014 000C 'example.test' 0015 0004 'once' 8022 0002 'me' 0000 | STRAY
			radius | 02 {1-2} 0021 {md5} 120D 'all-is-well' | STRAY
			kerberos realm=EXAMPLE.TEST | 7E75 3073 A003020105 A10302011E A411180F '20261128194752Z' A505020307E1BB A603020106 A70E1B0C 'EXAMPLE.TEST' A90E1B0C 'EXAMPLE.TEST' AA28 3026 A003020102 A11F301D 1B09 'udp-probe' 1B10 {97-113} | STRAY
			snmp | 3066 020103 3011 {?7-9} {9-13} 020300FFE3 040100 020103 041C 301A 040B 80001F8804 'engine' 020105 02020E10 0400 0400 0400 3030 040B 80001F8804 'engine' 0400 A81F 020400000000 020100 020100 3011 300F 060A2B060106030F01010400 410107 | STRAY
			snmp-v2c | 302C 020101 0406 {'public'} A21F 0204 {17-21} 020100 020100 3011 300F 06082B06010201010300 430301E240 | STRAY
			ipmi | 06 00 FF 06 000011BE 40 {9-10} 00 10 000011BE 00000000 81 00 000000000000 | STRAY
			sbfd discriminator=2864434397 | 20 C0 03 18 AABBCCDD {4-8} 000F4240 000186A0 00000000 | STRAY
			bacnet | 81 0A 001A 01 00 30 {8-9} 0C 0C 020004D2 19 4D 3E 75 06 00 'Dev-1' 3F | STRAY
			coap | 7000 {2-4} | STRAY
			gtpu | 32 02 0006 00000000 {8-10} 00 00 0E 00 | STRAY
			pfcp | 20 02 000C {4-7} 00 0060 0004 EA500000 | STRAY
			quic | CF 00000000 08 {15-23} 08 {6-14} 00000001 | STRAY
			dtls:4433 | 16 FEFF 0000 000000000000 0023 03 000017 0000 000000 000017 FEFF 14 0102030405060708090A0B0C0D0E0F1011121314 ! | GOOD
			tftp | 0005 0001 ! 'File not found\\0' | STRAY
			rpc | {0-4} 00000001 00000000 00000000 00000000 00000000 | STRAY
			memcached | {0-2} 0000 0001 0000 'VERSION 1.6.18\\r\\n' | STRAY
			a2s | FFFFFFFF 49 11 'name\\0de_dust2\\0cstrike\\0Counter-Strike\\0' F000 03 10 00 ! 646C 00 01 '1.0.0.0\\0' 00 | GOOD | FFFFFFFF 41 A1B2C3D4
			minecraft-bedrock | 1C 00 {2-9} B7EFC3E7B4F4D1B1 00FFFF00FEFEFEFEFDFDFDFD12345678 0031 'MCPE;A \\\\; Server;527;1.19.1;3;10;1325;Level;Game;' | STRAY
			quake3 | FFFFFFFF 'infoResponse\\n\\\\hostname\\\\name\\\\mapname\\\\q3dm17\\\\clients\\\\3\\\\sv_maxclients\\\\16\\\\challenge\\\\' {12-24} | STRAY
			""";

	private Samples() {}

}
