package dev.udpprobe.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server of Debian, on one port of 127.0.0.1, in the foreground, as the user of the tests. The name is that of its protocol.
 */
public enum RealServer {

	DNS("unbound", 53, """
			local-zone: "example.test." static
			local-data: "www.example.test. A 192.0.2.7"
			local-zone: "refused.test." refuse
			""") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) throws IOException {
			return List.of("-d", "-c", write(directory, """
					server:
						interface: 127.0.0.1
						port: %d
						do-tcp: no
						access-control: 0.0.0.0/0 allow
						do-daemonize: no
						username: ""
						chroot: ""
						directory: "%s"
						pidfile: ""
						use-syslog: no
					%s
					remote-control:
						control-enable: no
					""".formatted(port, directory, configuration)));
		}

	},

	NTP("chronyd", 123, "local stratum 10") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) {
			return Stream.concat(
					Stream.of("-x", "-d", "-U", "allow", "bindaddress 127.0.0.1", "port " + port, "cmdport 0",
							"bindcmdaddress /", "pidfile " + directory.resolve("pid")),
					configuration.lines())
					.toList();
		}

	},

	SNMP("snmpd", 161, """
			rocommunity public 127.0.0.1
			sysName host.example.test
			""") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) throws IOException {
			return List.of("-f", "-Lo", "-C", "-c", write(directory, """
					[snmp] persistentDir %s
					agentAddress udp:127.0.0.1:%d
					%s
					""".formatted(directory, port, configuration)), "-p", directory.resolve("pid").toString());
		}

	},

	SIP("kamailio", 5060, "sl_send_reply(\"200\", \"OK\");") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) throws IOException {
			return List.of("-DD", "-E", "-m", "32", "-M", "4", "-Y", directory.toString(), "-f", write(directory, """
					#!KAMAILIO
					children=1
					disable_tcp=yes
					listen=udp:127.0.0.1:%d
					loadmodule "sl.so"
					request_route {
						%s
					}
					""".formatted(port, configuration)));
		}

	},

	STUN("turnserver", 3478, "no-auth") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) throws IOException {
			return List.of("-c", write(directory, """
					listening-ip=127.0.0.1
					listening-port=%d
					no-tcp
					no-tls
					no-dtls
					no-cli
					log-file=stdout
					pidfile=%s/pid
					userdb=%s/db
					%s
					""".formatted(port, directory, directory, configuration)));
		}

	},

	QUIC("gtlsserver", 443, "") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) throws IOException {
			String key = directory.resolve("key").toString();
			String certificate = directory.resolve("certificate").toString();
			try (ExternalTool openssl = ExternalTool.startLogging(directory.resolve("openssl.log"), "openssl", "req",
					"-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
					"-keyout", key, "-out", certificate)) {
				openssl.exitCode();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			return List.of("-q", "-d", directory.toString(), "127.0.0.1", String.valueOf(port), key, certificate);
		}

	},

	MEMCACHED("memcached", 11211, "") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) {
			return List.of("-l", "127.0.0.1", "-p", "0", "-U", String.valueOf(port), "-u", user(), "-t", "1");
		}

	},

	/** The files of its directory are those that it has. */
	TFTP("in.tftpd", 69, "") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) {
			ExternalTool.require(user().equals("root"), "a TFTP server of one directory needs root");
			return List.of("-L", "-u", user(), "-a", "127.0.0.1:" + port, "-s", directory.toString());
		}

	},

	/** Writes to the file {@code lines} what it receives: facility and severity, program, message. */
	SYSLOG("rsyslogd", 514, "*.*") {

		@Override
		List<String> arguments(Path directory, int port, String configuration) throws IOException {
			return List.of("-n", "-i", "NONE", "-f", write(directory, """
					global(workDirectory="%1$s")
					module(load="imudp")
					input(type="imudp" address="127.0.0.1" port="%2$d")
					template(name="line" type="string" string="%%pri-text%% %%app-name%% %%msg%%\\n")
					%3$s action(type="omfile" file="%1$s/lines" template="line")
					""".formatted(directory, port, configuration)));
		}

	};

	private static final String LOOPBACK = "127.0.0.1";

	private final String program;

	private final int wellKnownPort;

	private final String configuration;

	RealServer(String program, int wellKnownPort, String configuration) {
		this.program = program;
		this.wellKnownPort = wellKnownPort;
		this.configuration = configuration;
	}

	/**
	 * @return the port of its protocol
	 */
	public int wellKnownPort() {
		return this.wellKnownPort;
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
		return ExternalTool.startLogging(directory.resolve("log"), copy(directory),
				arguments(directory, port, other).toArray(String[]::new));
	}

	/**
	 * @param directory what it needs goes there
	 * @param address where it listens instead of loopback
	 * @return the program with its arguments, for whoever starts it by other means
	 */
	public List<String> command(Path directory, String address, int port) throws IOException {
		List<String> command = new ArrayList<>(List.of(copy(directory)));
		command.addAll(arguments(directory, port, this.configuration.replace(LOOPBACK, address)));
		command.replaceAll((argument) -> argument.replace(LOOPBACK, address));
		Path file = directory.resolve("conf");
		if (Files.exists(file)) {
			Files.writeString(file, Files.readString(file).replace(LOOPBACK, address));
		}
		return command;
	}

	/**
	 * Skips or fails the test where the program is missing.
	 */
	public String find() {
		return ExternalTool.find(this.program);
	}

	/** AppArmor knows some of the programs by their path, and lets them read the configuration of the system alone. */
	private String copy(Path directory) throws IOException {
		return Files.copy(Path.of(find()), directory.resolve(this.program), StandardCopyOption.COPY_ATTRIBUTES,
				StandardCopyOption.REPLACE_EXISTING).toString();
	}

	/** Of the program. */
	abstract List<String> arguments(Path directory, int port, String configuration) throws IOException;

	private static String user() {
		return System.getProperty("user.name", "");
	}

	private static String write(Path directory, String configuration) throws IOException {
		return Files.writeString(directory.resolve("conf"), configuration).toString();
	}

}
