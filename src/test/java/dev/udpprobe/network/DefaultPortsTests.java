package dev.udpprobe.network;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.RealServer;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Servers that take the port of their protocol and no other, far away: the address alone is a target where a module has a port.
 */
@WithLab
class DefaultPortsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String SERVER = Family.IPV4.address(Place.S);

	private final Lab lab;

	DefaultPortsTests(Lab lab) {
		this.lab = lab;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			NETBIOS_NS | netbios-ns | UDPPROBE of the group PROBE, 5 names | "host":"UDPPROBE","group":"PROBE"
			DHCP | dhcp | ack of 10.0.4.1, router 192.0.2.1, resolver 192.0.2.53, 192.0.2.54 | "server":"10.0.4.1"
			IKE | ike | a gateway of IKE version 2 (invalid-major-version) | "notify":"invalid-major-version"
			IKE | ike-nat-t | a gateway of IKE version 2 (invalid-major-version) | "notify":"invalid-major-version"
			IKE | ike-init | a gateway of IKE version 2 (no-proposal-chosen) | "notify":"no-proposal-chosen"
			GTPU | gtpu | the node answers the echo | "recovery":1
			RPC | rpc | success | "accepted":"success"
			DNS | dns | NOERROR, 1 answer | www.example.test.
			""")
	void theAddressAloneIsATarget(RealServer server, String module, String says, String fields) throws Exception {
		followsTheServer(this.lab.service(Mode.NATIVE).http(), server, module, says, fields);
	}

	/** In one test, since a service takes seconds to start. */
	@Test
	void someAnswerTheirNeighboursAlone() throws Exception {
		RealServer.MDNS.find();
		RealServer.SSDP.find();
		RealServer.DHCP_OF_DNSMASQ.find();
		Http neighbour = this.lab.echo(Transport.NATIVE, "--udp-probe.client.allowed-targets=%s/32".formatted(SERVER))
				.http();
		followsTheServer(neighbour, RealServer.MDNS, "mdns", "NOERROR, 1 answer",
				"_services._dns-sd._udp.local. 10 IN PTR _workstation._tcp.local.");
		followsTheServer(neighbour, RealServer.DHCP_OF_DNSMASQ, "dhcp", "ack of 10.0.4.1, router 192.0.2.1",
				"\"message\":\"ack\"");
		followsTheServer(neighbour, RealServer.SSDP, "ssdp",
				"upnp:rootdevice, sim/1 UPnP/1.1 s, described at http://192.0.2.2:80/d.xml",
				"\"location\":\"http://192.0.2.2:80/d.xml\"");
	}

	private void followsTheServer(Http http, RealServer server, String module, String says, String fields)
			throws Exception {
		server.find();
		String form = "module=%s&target=%s".formatted(module, SERVER)
				+ (module.equals("dns") ? "&module.name=www.example.test&module.type=A" : "");
		assertThat(http.form(form).json()).containsEntry("outcome", "refused");
		ExternalTool started = this.lab.server(server, server.wellKnownPort());
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(http.form(form).text())
				.contains("\"verdict\":\"pass\"", says, fields));
		started.close();
		await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(http.form(form).json()).containsEntry("outcome", "refused"));
	}

}
