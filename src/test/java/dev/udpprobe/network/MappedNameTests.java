package dev.udpprobe.network;

import org.junit.jupiter.api.Test;

import dev.udpprobe.server.Transport;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names whose AAAA record has an IPv4-mapped address. The kernel sends to the IPv4 address,
 * so the policy must judge that one.
 */
@WithLab
class MappedNameTests {

	private final Lab lab;

	MappedNameTests(Lab lab) {
		this.lab = lab;
	}

	/** All in one, since a service takes seconds to start. */
	@Test
	void aMappedAddressIsItsIpv4Address() throws Exception {
		this.lab.names(Node.S, "mapped.test,::ffff:127.0.0.1", "zero.test,::ffff:0.0.0.0",
				"named.test,::ffff:0.0.0.0");
		Http http = this.lab.echo(Transport.PORTABLE,
				"--udp-probe.client.allowed-targets=127.0.0.0/8,named.test:%d".formatted(Lab.OWN)).http();
		assertThat(send(http, "mapped.test").json()).containsEntry("outcome", "replied")
				.containsEntry("remoteAddress", "127.0.0.1:" + Lab.OWN);
		isForbidden(http, "zero.test");
		isForbidden(http, "named.test");
	}

	private static void isForbidden(Http http, String name) throws Exception {
		assertThat(send(http, name).problem(403)).containsEntry("type", "urn:udp-probe:forbidden-target")
				.extractingByKey("detail")
				.asString()
				.contains("%s:%d (0.0.0.0)".formatted(name, Lab.OWN));
	}

	private static Http.Answer send(Http http, String name) throws Exception {
		return http.form("message=hello&target=%s:%d".formatted(name, Lab.OWN));
	}

}
