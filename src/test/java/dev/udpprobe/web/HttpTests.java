package dev.udpprobe.web;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.udpprobe.server.UdpServer;
import dev.udpprobe.testing.SharedDirectory;
import dev.udpprobe.testing.ThisJvm;

/**
 * A running service for tests of this package, of which one class runs at a time, but beside other tests. One exchange at a time is
 * all that they need, and so a leaked one would show.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"udp-probe.http.allowed-hosts=probe.example.org,*.probes.example", "udp-probe.client.max-in-flight=1",
		"udp-probe.client.timeout=8s", "udp-probe.modules.word.settings.word.value=hello",
		"udp-probe.modules.word.settings.word.takes=hello, adieu, 7", "udp-probe.modules.word.send={word}",
		"udp-probe.modules.word.answer='Hi, ' {said:text}", "udp-probe.modules.word.pass=said is hello",
		"udp-probe.modules.word.says=it says {said}", "udp-probe.modules.word.silence=it is asleep",
		"udp-probe.modules.digit.settings.message.takes=1..5", "udp-probe.modules.digit.send={message}",
		"udp-probe.modules.secretive.settings.key.value=s3cret", "udp-probe.modules.secretive.settings.key.secret=true",
		"udp-probe.modules.farsecret.settings.key.value=s3cret", "udp-probe.modules.farsecret.settings.key.secret=true",
		"udp-probe.modules.farsecret.send={:pad 252} {key}", "udp-probe.modules.farsecret.answer='Hi, ' ... {key}",
		"udp-probe.modules.secretive.send={key} '!'", "udp-probe.modules.secretive.answer='Hi, ' {key} ..."})
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("service")
@ResourceLock(value = ThisJvm.LOCK, mode = ResourceAccessMode.READ)
abstract class HttpTests {

	static final UdpPeer REFUSING = UdpPeer.refusing();

	static final UdpPeer SILENT = UdpPeer.silent();

	/** Which *.yaml of it are read. */
	static final Path TARGET_FILES = SharedDirectory.create("targets");

	@LocalServerPort
	int port;

	@Autowired
	UdpServer echoServer;

	Http http = new Http(0);

	@DynamicPropertySource
	static void targets(DynamicPropertyRegistry properties) {
		UdpPeer.configure(properties, REFUSING, SILENT);
		properties.add("udp-probe.target-files", () -> TARGET_FILES.resolve("*.yaml").toString());
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	String echoAddress() {
		return "127.0.0.1:" + this.echoServer.port();
	}

}
