package dev.udpprobe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import dev.udpprobe.testing.ExternalTool;

/**
 * The server of a recipe, on one port of 127.0.0.1, in the foreground, as the user of the tests. The name is the heading of its recipe.
 */
enum RecipeServer {

	DNS("unbound", 53) {

		@Override
		List<String> arguments(Path directory, int port) throws IOException {
			return List.of("-d", "-c", write(directory, """
					server:
						interface: 127.0.0.1
						port: %d
						do-tcp: no
						do-daemonize: no
						username: ""
						chroot: ""
						directory: "%s"
						pidfile: ""
						use-syslog: no
						local-zone: "example.test." static
						local-data: "www.example.test. A 192.0.2.7"
					remote-control:
						control-enable: no
					""".formatted(port, directory)));
		}

	},

	NTP("chronyd", 123) {

		@Override
		List<String> arguments(Path directory, int port) {
			return List.of("-x", "-d", "-U", "local stratum 10", "allow", "bindaddress 127.0.0.1", "port " + port,
					"cmdport 0", "bindcmdaddress /", "pidfile " + directory.resolve("pid"));
		}

	},

	SNMP("snmpd", 161) {

		@Override
		List<String> arguments(Path directory, int port) throws IOException {
			return List.of("-f", "-Lo", "-C", "-c", write(directory, """
					[snmp] persistentDir %s
					agentAddress udp:127.0.0.1:%d
					rocommunity public 127.0.0.1
					sysName host.example.test
					""".formatted(directory, port)), "-p", directory.resolve("pid").toString());
		}

	},

	SIP("kamailio", 5060) {

		@Override
		List<String> arguments(Path directory, int port) throws IOException {
			return List.of("-DD", "-E", "-m", "32", "-M", "4", "-Y", directory.toString(), "-f", write(directory, """
					#!KAMAILIO
					children=1
					disable_tcp=yes
					listen=udp:127.0.0.1:%d
					loadmodule "sl.so"
					request_route {
						sl_send_reply("200", "OK");
					}
					""".formatted(port)));
		}

	},

	STUN("turnserver", 3478) {

		@Override
		List<String> arguments(Path directory, int port) throws IOException {
			return List.of("-c", write(directory, """
					listening-ip=127.0.0.1
					listening-port=%d
					no-tcp
					no-tls
					no-dtls
					no-cli
					no-auth
					log-file=stdout
					pidfile=%s/pid
					userdb=%s/db
					""".formatted(port, directory, directory)));
		}

	},

	TFTP("in.tftpd", 69) {

		@Override
		List<String> arguments(Path directory, int port) {
			String user = System.getProperty("user.name", "");
			ExternalTool.require(user.equals("root"), "a TFTP server of one directory needs root");
			return List.of("-L", "-u", user, "-a", "127.0.0.1:" + port, "-s", directory.toString());
		}

	};

	private final String program;

	private final int wellKnownPort;

	RecipeServer(String program, int wellKnownPort) {
		this.program = program;
		this.wellKnownPort = wellKnownPort;
	}

	/**
	 * @return the port in the recipe
	 */
	int wellKnownPort() {
		return this.wellKnownPort;
	}

	/**
	 * @param directory what it needs goes there, and {@code log}, which is what it says
	 */
	ExternalTool start(Path directory, int port) throws IOException {
		return ExternalTool.startLogging(directory.resolve("log"), copy(directory),
				arguments(directory, port).toArray(String[]::new));
	}

	/**
	 * Skips or fails the test where the program is missing.
	 */
	String find() {
		return ExternalTool.find(this.program);
	}

	/** AppArmor knows some of the programs by their path, and lets them read the configuration of the system alone. */
	private String copy(Path directory) throws IOException {
		return Files.copy(Path.of(find()), directory.resolve(this.program),
				StandardCopyOption.COPY_ATTRIBUTES).toString();
	}

	/** Of the program. */
	abstract List<String> arguments(Path directory, int port) throws IOException;

	private static String write(Path directory, String configuration) throws IOException {
		return Files.writeString(directory.resolve("conf"), configuration).toString();
	}

}
