package dev.udpprobe.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A server of Debian, on one port of one address, in the foreground, as the user of the tests. How it is started stands in a
 * script of its program's name.
 */
public enum RealServer {

	DNS("unbound", 53, """
			local-zone: "example.test." static
			local-data: "www.example.test. A 192.0.2.7"
			local-zone: "refused.test." refuse
			"""),

	MDNS("avahi-daemon unshare", 5353, "", Needs.ROOT, Needs.ALL_ADDRESSES),

	NETBIOS_NS("nmbd", 137, "", Needs.ROOT, Needs.OWN_NETWORK),

	DHCP("kea-dhcp4", 67, "", Needs.ROOT, Needs.OWN_NETWORK),

	DHCP_OF_DNSMASQ("dnsmasq", 67, "", Needs.ROOT, Needs.OWN_NETWORK),

	SSDP("minissdpd socat", 1900, "", Needs.ALL_ADDRESSES),

	NTP("chronyd", 123, "local stratum 10"),

	/** Whose port is that for gateways behind a NAT, too. */
	IKE("charon-systemd", 500, "port_nat_t = 4500", Needs.ROOT, Needs.ALL_ADDRESSES),

	IKE_NAT_T("charon-systemd", 4500, "port_nat_t = 0", Needs.ROOT),

	OPENVPN("openvpn openssl", 1194, "", Needs.ROOT),

	L2TP("xl2tpd", 1701, ""),

	SIP("kamailio", 5060, "sl_send_reply(\"200\", \"OK\");"),

	STUN("turnserver", 3478, "no-auth"),

	TURN("turnserver", 3478, "lt-cred-mech\nrealm=example.test\nuser=u:p"),

	RADIUS("freeradius", 1812, "type = auth"),

	KERBEROS("krb5kdc kdb5_util", 88, ""),

	SNMP("snmpd", 161, """
			rocommunity public 127.0.0.1
			sysName host.example.test
			"""),

	IPMI("ipmi_sim", 623, ""),

	COAP("coap-server-notls", 5683, ""),

	GTPU("osmo-ggsn", 2152, "", Needs.OWN_NETWORK),

	QUIC("gtlsserver openssl", 443, ""),

	DTLS("openssl", 4433, ""),

	TFTP("in.tftpd", 69, "", Needs.ROOT),

	RPC("rpcbind unshare", 111, "", Needs.ROOT),

	MEMCACHED("memcached", 11211, ""),

	QUAKE3("darkplaces-server", 27960, ""),

	/** Writes to the file {@code lines} what it receives: facility and severity, program, message. */
	SYSLOG("rsyslogd", 514, "*.*"),

	RFC862("socat", 7, "");

	private static final Path SCRIPTS = Path.of("src/test/resources/servers").toAbsolutePath();

	/** Whose copy is the server. */
	private final String program;

	/** What its script starts as well. */
	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> others;

	private final int wellKnownPort;

	private final String configuration;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Set<Needs> needs;

	private enum Needs {

		ROOT,

		/** It cannot listen at one address alone. */
		ALL_ADDRESSES,

		/** It does not do with loopback, or takes ports that others may have. */
		OWN_NETWORK

	}

	/**
	 * @param programs the name of the server's, and of others that its script starts
	 */
	RealServer(String programs, int wellKnownPort, String configuration, Needs... needs) {
		List<String> names = List.of(programs.split(" ", -1));
		this.program = names.getFirst();
		this.others = names.subList(1, names.size());
		this.wellKnownPort = wellKnownPort;
		this.configuration = configuration;
		this.needs = Set.of(needs);
	}

	/**
	 * @return the port of its protocol
	 */
	public int wellKnownPort() {
		return this.wellKnownPort;
	}

	/**
	 * @return the name of the module that asks it
	 */
	public String module() {
		return (this == DHCP_OF_DNSMASQ) ? "dhcp" : name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * @return the one that a module asks and that does with a port of 127.0.0.1; null if there is none
	 */
	public static @Nullable RealServer ofLoopback(String module) {
		return Stream.of(values())
				.filter((server) -> server.module().equals(module) && server.isOfLoopback())
				.findFirst()
				.orElse(null);
	}

	private boolean isOfLoopback() {
		return !this.needs.contains(Needs.ALL_ADDRESSES) && !this.needs.contains(Needs.OWN_NETWORK);
	}

	/**
	 * Skips or fails the test where what it needs is missing.
	 */
	public void find() {
		ExternalTool.find(this.program);
		this.others.forEach(ExternalTool::find);
		ExternalTool.require(!this.needs.contains(Needs.ROOT) || "root".equals(System.getProperty("user.name")),
				"only root may start " + this.program);
	}

	/**
	 * @param directory what it needs goes there, and {@code log}, which is what it says
	 */
	public ExternalTool start(Path directory, int port) throws IOException {
		return start(directory, port, this.configuration);
	}

	/**
	 * Starts it otherwise than usual.
	 * @param other in its own language, in the place of what stands with its name above
	 */
	public ExternalTool start(Path directory, int port, String other) throws IOException {
		List<String> command = command(directory, "127.0.0.1", port, other);
		return ExternalTool.startLogging(directory.resolve("log"), command.getFirst(),
				command.stream().skip(1).toArray(String[]::new));
	}

	/**
	 * @param directory what it needs goes there
	 * @param address where it listens instead of loopback
	 * @return the program with its arguments, for whoever starts it by other means
	 */
	public List<String> command(Path directory, String address, int port) throws IOException {
		return command(directory, address, port, this.configuration.replace("127.0.0.1", address));
	}

	private List<String> command(Path directory, String address, int port, String configuration) throws IOException {
		String path = Stream.of(System.getenv().getOrDefault("PATH", ""), "/usr/sbin", "/sbin", "/usr/games")
				.reduce((one, other) -> one + ":" + other)
				.orElse("");
		return List.of(ExternalTool.find("env"), "-C", directory.toString(), "PATH=" + path, "ADDRESS=" + address,
				"PORT=" + port, "CONFIGURATION=" + configuration, "PROGRAM=" + copy(directory), "sh", "-e",
				SCRIPTS.resolve(this.program + ".sh").toString());
	}

	/** AppArmor knows some of the programs by their path, and lets them read the configuration of the system alone. */
	private String copy(Path directory) throws IOException {
		return Files.copy(Path.of(ExternalTool.find(this.program)), directory.resolve(this.program),
				StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING).toString();
	}

}
