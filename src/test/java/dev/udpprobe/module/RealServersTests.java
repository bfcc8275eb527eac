package dev.udpprobe.module;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.Processes;
import dev.udpprobe.testing.RealServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The modules of the library understand real servers: what is good, what is not, and that nobody is there.
 */
@Execution(ExecutionMode.CONCURRENT)
class RealServersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** So long, where nothing can come. */
	private static final Duration SHORT = Duration.ofMillis(150);

	private static final String REFUSED = "REFUSED fail: ";

	private static final Asking ASKING = new Asking(LibraryModules.with(LibraryModules.SECRETS));

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@BeforeEach
	void refusalsAreHeard() {
		ExternalTool.requireKernelDetail();
	}

	@AfterAll
	static void close() {
		ASKING.close();
	}

	/** An asterisk stands for anything. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			DNS | dns | name=www.example.test type=A | NOERROR, 1 answer | rcode=NOERROR, *answer=www.example.test. *A 192.0.2.7* | * others *
			NTP | ntp | | stratum 10, leap second none | leap=none, stratum=10, time=20* | * this client, or limits its rate
			SNMP | snmp | | engine 80001f88*, up for * second* | engine=80001f88*, boots=*, uptime=* | * no agent for SNMPv3, *
			SNMP | snmp-v2c | | noError, up for * hundredths of a second | error=noError, uptime=* | * the community, *
			SIP | sip | statuses=200 | 200 OK, kamailio (*) | status=200, phrase=OK, server=kamailio (*) | * rport *
			STUN | stun | | seen as 127.0.0.1 port *, Coturn-* | port=*, address=127.0.0.1, software=Coturn-* | * STUN *
			QUIC | quic | | versions *00000001* | versions=*00000001* | * QUIC, *
			MEMCACHED | memcached | | version 1.* | version=1.* | * memcached *
			RFC862 | rfc862 | size=1000 | 1000 bytes | | * echo server, *
			IKE_NAT_T | ike-nat-t | | a gateway of IKE version 2 (invalid-major-version) | version=2, notify=invalid-major-version | * no IKE
			OPENVPN | openvpn | | OpenVPN takes the handshake | | * tls-crypt, *
			L2TP | l2tp | | *, xelerance.com | host=*, vendor=xelerance.com | * IPsec *
			TURN | turn | | a password is needed in the realm example.test, Coturn-* | error=401, phrase=Unauthorized, realm=example.test, software=Coturn-* | * TURN *
			RADIUS | radius | | Access-Accept: the server has the same secret | code=Access-Accept | * its secret is another, *
			KERBEROS | kerberos | realm=EXAMPLE.TEST | the KDC says client-unknown for the realm EXAMPLE.TEST | error=client-unknown, serviceRealm=EXAMPLE.TEST, reason=CLIENT_NOT_FOUND | * KDC, *
			IPMI | ipmi | | a controller with IPMI | present=1, asf=1 | * controller, *
			COAP | coap | | pong | | * CoAP *
			DTLS | dtls | | the server takes the handshake: hello-verify-request | hello=hello-verify-request | * DTLS, *
			RPC | rpc | | success | accepted=success | * such server, *
			QUAKE3 | quake3 | | UNNAMED, 0 of 8 players on t | server=UNNAMED, map=t, players=0, places=8 | * rate, *
			TFTP | tftp | file=none | error file-not-found: File not found | error=file-not-found, phrase=File not found | * TFTP *
			TFTP | tftp | file=file | a file that begins with 68656c6c6f | data=68656c6c6f | * TFTP *
			""")
	void answersAreUnderstood(RealServer server, String module, @Nullable String settings, String says,
			@Nullable String fields, String silence)
			throws Exception {
		server.find();
		int port = FreePorts.udp();
		Map<String, String> values = values(settings);
		assertThat(ASKING.ask(module, port, null, values)).isEqualTo(REFUSED);
		try (AutoCloseable _ = silence(port)) {
			assertThat(ASKING.ask(module, port, SHORT, values)).matches(pattern("TIMED_OUT fail: " + silence));
		}
		if (server == RealServer.TFTP) {
			Files.writeString(this.directory.resolve("file"), "hello");
		}
		for (int i = 0; i < 2; i++) {
			try (ExternalTool _ = server.start(this.directory, port)) {
				assertSays(module, port, values, "REPLIED pass: " + says);
				assertThat(Asking.fields(ASKING.send(module, port, null, values).join()))
						.matches(pattern((fields != null) ? fields : ""));
			}
			// What it has started may end later than it does.
			assertSays(module, port, values, REFUSED);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			DNS  | dns      | name=none.example.test | | REPLIED fail (rcode is NXDOMAIN, not NOERROR): NXDOMAIN, 0 answers*
			DNS  | dns      | name=refused.test      | | REPLIED fail (rcode is REFUSED, not NOERROR): REFUSED, 0 answers
			DNS  | dns      | name=refused.test rcodes=REFUSED,NXDOMAIN | | REPLIED pass: REFUSED, 0 answers
			DNS  | dns      | name=www.example.test type=A answer=192.0.2.8 | | REPLIED fail (answer is *192.0.2.7, not /192.0.2.8/): NOERROR, 1 answer
			NTP  | ntp      | | maxsamples 4 | REPLIED fail (the server does not know the time): stratum 0, leap second unsynchronized
			SIP  | sip      | statuses=200 | sl_send_reply("503", "Service Unavailable"); | REPLIED fail (status is 503, not 200): 503 Service Unavailable, kamailio (*)
			SIP  | sip      | | sl_send_reply("503", "Service Unavailable"); | REPLIED pass: 503 Service Unavailable, kamailio (*)
			TURN | turn     | | no-auth | REPLIED fail (the server asks for no password first, so it may relay for everybody, or only speaks STUN): *
			RADIUS | radius | | type = acct | REPLIED pass: Accounting-Response: the server has the same secret
			KERBEROS | kerberos | realm=OTHER.TEST | | REPLIED pass: the KDC says client-unknown for the realm OTHER.TEST
			RPC  | rpc      | program=100003 version=3 | | REPLIED fail (accepted is program-unavailable, not success): program-unavailable
			RPC  | rpc      | version=99 | | REPLIED fail (accepted is version-unavailable, not success): version-unavailable, versions 2 to 4
			SNMP | snmp     | | rocommunity other 127.0.0.1 | REPLIED pass: engine *
			""")
	void otherAnswersAreNotGood(RealServer server, String module, @Nullable String settings,
			@Nullable String configuration, String told)
			throws Exception {
		server.find();
		int port = FreePorts.udp();
		try (ExternalTool _ = (configuration != null)
				? server.start(this.directory, port, configuration)
				: server.start(this.directory, port)) {
			assertSays(module, port, values(settings), told);
		}
	}

	@Test
	void anAgentOfAnotherCommunityIsSilent() throws Exception {
		RealServer.SNMP.find();
		int port = FreePorts.udp();
		try (ExternalTool _ = RealServer.SNMP.start(this.directory, port, "rocommunity other 127.0.0.1")) {
			assertSays("snmp", port, Map.of(), "REPLIED pass: engine *");
			assertThat(ASKING.ask("snmp-v2c", port, Duration.ofMillis(500), Map.of()))
					.startsWith("TIMED_OUT fail: the agent does not know the community, ");
		}
	}

	@Test
	void aClientWithAnotherSecretHearsNothing() throws Exception {
		RealServer.RADIUS.find();
		int port = FreePorts.udp();
		try (ExternalTool _ = RealServer.RADIUS.start(this.directory, port)) {
			assertSays("radius", port, Map.of(), "REPLIED pass: Access-Accept: *");
			assertThat(ASKING.ask("radius-of-another", port, Duration.ofMillis(500), Map.of()))
					.startsWith("TIMED_OUT fail: the server does not know this client, or its secret is another, ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"tls-auth static", "tls-crypt static"})
	void aServerThatHasAKeyIsSilent(String configuration) throws Exception {
		RealServer.OPENVPN.find();
		int port = FreePorts.udp();
		try (ExternalTool _ = RealServer.OPENVPN.start(this.directory, port, configuration)) {
			assertSays("openvpn", port, Map.of(), "TIMED_OUT fail: the server has tls-auth or tls-crypt, *");
		}
	}

	@Test
	void aLogGetsTheLineAndSaysNothing() throws Exception {
		RealServer.SYSLOG.find();
		int port = FreePorts.udp();
		Map<String, String> line = Map.of("message", "a line of é");
		assertThat(ASKING.ask("syslog", port, null, line)).isEqualTo(REFUSED);
		try (ExternalTool _ = RealServer.SYSLOG.start(this.directory, port)) {
			assertSays("syslog", port, line, "TIMED_OUT pass: not refused, which is all that can be known, *");
			await().atMost(PATIENCE)
					.ignoreException(NoSuchFileException.class)
					.untilAsserted(() -> assertThat(Files.readString(this.directory.resolve("lines")))
							.endsWith("user.info udp-probe a line of é\n"));
		}
	}

	private void assertSays(String module, int port, Map<String, String> values, String told) {
		await().atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(ASKING.ask(module, port, null, values)).as(this::log).matches(pattern(told)));
	}

	private static Pattern pattern(String told) {
		return Pattern.compile(Pattern.quote(told).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
	}

	private String log() {
		try {
			return Files.readString(this.directory.resolve("log"));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/** Has the port, and says nothing. */
	private static AutoCloseable silence(int port) throws IOException {
		DatagramSocket silent = new DatagramSocket(port, InetAddress.ofLiteral("127.0.0.1"));
		return () -> {
			synchronized (Processes.START) {
				silent.close();
			}
		};
	}

	private static Map<String, String> values(@Nullable String settings) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String setting : (settings != null) ? List.of(settings.split(" ")) : List.<String>of()) {
			int equals = setting.indexOf('=');
			values.put(setting.substring(0, equals), setting.substring(equals + 1));
		}
		return values;
	}

}
