package dev.udpprobe.monitoring;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.udpprobe.server.UdpServer;
import dev.udpprobe.web.UdpPeer;

/**
 * One running service for all tests of this package.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "udp-probe.echo.port=0")
abstract class MonitoredTests {

	static final UdpPeer REFUSING = UdpPeer.refusing();

	static final UdpPeer SILENT = UdpPeer.silent();

	@LocalServerPort
	int port;

	@Autowired
	UdpServer echoServer;

	@DynamicPropertySource
	static void targets(DynamicPropertyRegistry properties) {
		UdpPeer.configure(properties, REFUSING, SILENT);
	}

}
