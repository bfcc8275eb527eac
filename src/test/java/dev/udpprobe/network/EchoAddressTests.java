package dev.udpprobe.network;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which address the echo server answers from on a host with many, whichever way the
 * datagram came there. A connected client hears of no other than the one that it asked.
 */
@WithLab
@ParameterizedClass(name = "{0}")
@EnumSource(value = Transport.class, names = {"NATIVE", "PORTABLE"})
class EchoAddressTests {

	private final Transport transport;

	private final Lab lab;

	private final Probe probe;

	EchoAddressTests(Transport transport, Lab lab) {
		this.transport = transport;
		this.lab = lab;
		this.probe = new Probe(Mode.NATIVE, lab);
	}

	/** All in one, since a service takes seconds to start. */
	@Test
	void itAnswersFromTheAddressThatWasAsked() throws Exception {
		this.lab.echo(this.transport);
		for (Family family : Family.values()) {
			prepare(family);
			answers(family.target(Place.S, Lab.OWN), true);
			answers(family.target(Place.S_SECOND, Lab.OWN), false);
			answers(family.target(Place.S_BY_ROUTE, Lab.OWN), false);
			answersBehindTranslation(family);
		}
		answersInTheLocalLink();
	}

	/**
	 * Another address of the server, and a whole network that is local there (AnyIP).
	 */
	private void prepare(Family family) {
		String second = family.inNetwork(Place.S_SECOND.network(), Place.S_SECOND.host());
		this.lab.ip(Node.S, "address add %s dev r3 preferred_lft 0".formatted(second),
				"address delete %s dev r3".formatted(second));
		String routed = family.network(Place.S_BY_ROUTE.network());
		this.lab.ip(Node.S, "route add local %s dev lo".formatted(routed),
				"route delete local %s dev lo".formatted(routed));
		this.lab.ip(Node.R3, "route add %s via %s".formatted(routed, family.address(Place.S)),
				"route delete %s".formatted(routed));
	}

	/** As behind a Service of Kubernetes: what the client asked is no address of the server. */
	private void answersBehindTranslation(Family family) throws Exception {
		this.lab.nft(Node.R3, """
				chain translate {
				type nat hook prerouting priority dstnat
				%1$s daddr %2$s udp dport %3$d dnat %1$s to %4$s
				}
				""".formatted(family.header(), family.address(Place.NOBODY), Lab.OWN, family.address(Place.S_SECOND)));
		answers(family.target(Place.NOBODY, Lab.OWN), false);
	}

	/**
	 * @param main whether it is the address that the kernel chooses where nobody does
	 */
	private void answers(String target, boolean main) throws Exception {
		boolean right = main || this.transport == Transport.NATIVE;
		this.probe.expect(right ? "replied" : "timed-out", target);
		this.probe.expect(right ? "replied" : "misaddressed", target, "socket=unconnected");
	}

	private void answersInTheLocalLink() throws IOException {
		String address = "fe80::4:1";
		this.lab.ip(Node.S, "address add %s/64 dev r3 preferred_lft 0".formatted(address),
				"address delete %s/64 dev r3".formatted(address));
		String patience = (this.transport == Transport.NATIVE) ? "8" : "0.5";
		try (ExternalTool client = this.lab.node(Node.R3)
				.start("socat", "-T" + patience, "-", "UDP6:[%s%%%s]:%d".formatted(address, Node.S.label(), Lab.OWN))) {
			client.write("hello\n");
			assertThat(client.output().readLine())
					.isEqualTo((this.transport == Transport.NATIVE) ? "Hi, hello" : null);
		}
	}

}
