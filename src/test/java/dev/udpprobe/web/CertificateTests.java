package dev.udpprobe.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.testing.Certificates;
import dev.udpprobe.testing.ReadsLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Certificates are read again, on the HTTP port and on a management port of its own.
 */
@ReadsLog
class CertificateTests {

	@TempDir
	Path directory = Path.of("");

	@Test
	void theNextConnectionKnows(CapturedOutput output) throws Exception {
		Certificates.make(this.directory, "first");
		use("first");
		try (ConfigurableApplicationContext service = new SpringApplicationBuilder(UdpProbeApplication.class).run(
				"--server.port=0", "--server.address=127.0.0.1", "--management.server.port=0",
				"--management.server.address=127.0.0.1", "--udp-probe.echo.port=0", "--udp-probe.http.health-port=0",
				"--spring.ssl.bundle.pem.web.reload-on-update=true",
				"--spring.ssl.bundle.pem.web.keystore.certificate=" + this.directory.resolve("tls.crt"),
				"--spring.ssl.bundle.pem.web.keystore.private-key=" + this.directory.resolve("tls.key"),
				"--spring.ssl.bundle.pem.web.keystore.verify-keys=true", "--server.ssl.bundle=web",
				"--management.server.ssl.bundle=web")) {
			int port = port(service, "local.server.port");
			int management = port(service, "local.management.port");
			assertThat(name(port)).isEqualTo("CN=first");
			assertThat(name(management)).isEqualTo("CN=first");
			assertThat(new Http(service.getBean(HealthConnector.class).port()).get("/livez").status()).isEqualTo(200);
			Certificates.make(this.directory, "second");
			use("second");
			awaitName(port, "CN=second");
			awaitName(management, "CN=second");
			Certificates.make(this.directory, "third");
			int before = output.getAll().length();
			copy("third.crt", "tls.crt");
			awaitLog(output, before, "matches none of the certificates");
			assertThat(name(port)).isEqualTo("CN=second");
			copy("third.key", "tls.key");
			awaitName(port, "CN=third");
			before = output.getAll().length();
			Files.writeString(this.directory.resolve("tls.crt"), "broken");
			awaitLog(output, before, "SSL reload error");
			assertThat(name(port)).isEqualTo("CN=third");
			use("first");
			awaitName(port, "CN=first");
			assertThat(reload(port, "http")).isEqualTo("HTTP/1.1 403 ");
			assertThat(reload(port, "https")).isEqualTo("HTTP/1.1 200 ");
		}
	}

	private static int port(ConfigurableApplicationContext service, String property) {
		return Integer.parseInt(service.getEnvironment().getRequiredProperty(property));
	}

	private void use(String name) throws Exception {
		for (String file : new String[]{"key", "crt"}) {
			copy(name + "." + file, "tls." + file);
		}
	}

	private void copy(String from, String to) throws Exception {
		Files.copy(this.directory.resolve(from), this.directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * @param scheme of the page that asks
	 * @return the first line of the answer
	 */
	private static String reload(int port, String scheme) throws Exception {
		try (SSLSocket socket = connect(port)) {
			socket.getOutputStream().write("""
					POST /-/reload HTTP/1.1\r
					Host: 127.0.0.1:%1$d\r
					Origin: %2$s://127.0.0.1:%1$d\r
					Content-Length: 0\r
					Connection: close\r
					\r
					""".formatted(port, scheme).getBytes(StandardCharsets.UTF_8));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst()
					.orElseThrow();
		}
	}

	/**
	 * @param before how much was logged already
	 */
	private static void awaitLog(CapturedOutput output, int before, String text) {
		await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(output.getAll().substring(before)).contains(text));
	}

	private static void awaitName(int port, String name) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(name(port)).isEqualTo(name));
	}

	/**
	 * @return the name in the certificate that is shown
	 */
	private static String name(int port) throws Exception {
		try (SSLSocket socket = connect(port)) {
			socket.startHandshake();
			Certificate shown = socket.getSession().getPeerCertificates()[0];
			return ((X509Certificate) shown).getSubjectX500Principal().getName();
		}
	}

	private static SSLSocket connect(int port) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[]{new Anybody()}, null);
		return (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
	}

	/**
	 * Trusts each certificate, as it is the service's own.
	 */
	private static final class Anybody implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
