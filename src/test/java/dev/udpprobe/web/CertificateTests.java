package dev.udpprobe.web;

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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.testing.Certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Certificates are read again, on the HTTP port and on a management port of its own.
 */
@ExtendWith(OutputCaptureExtension.class)
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
				"--server.ssl.bundle=web", "--management.server.ssl.bundle=web")) {
			int port = port(service, "local.server.port");
			int management = port(service, "local.management.port");
			assertThat(name(port)).isEqualTo("CN=first");
			assertThat(name(management)).isEqualTo("CN=first");
			assertThat(new Http(service.getBean(HealthConnector.class).port()).get("/livez").status()).isEqualTo(200);
			Certificates.make(this.directory, "second");
			use("second");
			awaitName(port, "CN=second");
			awaitName(management, "CN=second");
			Files.writeString(this.directory.resolve("tls.crt"), "broken");
			await().atMost(Duration.ofSeconds(30))
					.untilAsserted(() -> assertThat(output.getAll()).contains("SSL reload error"));
			assertThat(name(port)).isEqualTo("CN=second");
			Certificates.make(this.directory, "third");
			use("third");
			awaitName(port, "CN=third");
		}
	}

	private static int port(ConfigurableApplicationContext service, String property) {
		return Integer.parseInt(service.getEnvironment().getRequiredProperty(property));
	}

	private void use(String name) throws Exception {
		for (String file : new String[]{"key", "crt"}) {
			Files.copy(this.directory.resolve(name + "." + file), this.directory.resolve("tls." + file),
					StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static void awaitName(int port, String name) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(name(port)).isEqualTo(name));
	}

	/**
	 * @return the name in the certificate that is shown
	 */
	private static String name(int port) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[]{new Anybody()}, null);
		try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
			socket.startHandshake();
			Certificate shown = socket.getSession().getPeerCertificates()[0];
			return ((X509Certificate) shown).getSubjectX500Principal().getName();
		}
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
