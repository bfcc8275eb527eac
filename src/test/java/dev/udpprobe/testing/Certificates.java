package dev.udpprobe.testing;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Certificates that sign themselves, for 127.0.0.1, by {@code openssl}.
 */
public final class Certificates {

	private Certificates() {}

	/**
	 * Writes {@code NAME.crt} and {@code NAME.key}.
	 * @param name that the certificate has, too
	 */
	public static void make(Path directory, String name) throws IOException, InterruptedException {
		try (ExternalTool openssl = ExternalTool.startLogging(directory.resolve("openssl.log"), "openssl", "req",
				"-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
				"subjectAltName=IP:127.0.0.1", "-keyout", directory.resolve(name + ".key").toString(), "-out",
				directory.resolve(name + ".crt").toString())) {
			assertThat(openssl.exitCode()).isZero();
		}
	}

}
