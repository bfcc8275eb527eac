package dev.udpprobe.metrics;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.udpprobe.server.UdpServer;
import dev.udpprobe.web.Http;
import dev.udpprobe.web.UdpPeer;

/**
 * One running service for all tests of this package, which no other has sent through.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"udp-probe.echo.port=0",
		"udp-probe.client.timeout=8s"})
abstract class MeteredTests {

	static final UdpPeer REFUSING = UdpPeer.refusing();

	static final UdpPeer SILENT = UdpPeer.silent();

	@Autowired
	UdpServer echoServer;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void targets(DynamicPropertyRegistry properties) {
		UdpPeer.configure(properties, REFUSING, SILENT);
	}

	Http http() {
		return new Http(this.port);
	}

}
