package dev.udpprobe.network;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.server.Transport;
import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Addresses and interfaces that go and come back under a running echo server, of which its
 * sockets are told nothing.
 */
@WithLab
@ParameterizedClass(name = "{0}")
@EnumSource(value = Transport.class, names = {"NATIVE", "PORTABLE"})
class EchoRecoveryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Transport transport;

	private final Lab lab;

	private final Probe probe;

	/** The server's second address of each family, with the length of its prefix. */
	private final Map<Family, String> second = new EnumMap<>(Family.class);

	EchoRecoveryTests(Transport transport, Lab lab) {
		this.transport = transport;
		this.lab = lab;
		this.probe = new Probe(Mode.NATIVE, lab);
		for (Family family : Family.values()) {
			this.second.put(family, family.inNetwork(Place.S_SECOND.network(), Place.S_SECOND.host()));
		}
	}

	/** Both in one, since a service takes seconds to start. */
	@Test
	void anAddressGoesAndComesBackAndSoDoesTheInterface() throws Exception {
		Http http = startOnSecondAddresses().http();
		for (Family family : Family.values()) {
			awaitAnswer(family, Place.S_SECOND);
			this.lab.node(Node.S).ip("address delete %s dev r3".formatted(this.second.get(family)));
			awaitDown(http, "%s is no address of this host now".formatted(family.address(Place.S_SECOND)));
			this.lab.node(Node.S).ip("address add %s dev r3".formatted(this.second.get(family)));
			awaitUp(http);
			awaitAnswer(family, Place.S_SECOND);
		}
		String up = up(Place.S, Place.S_SECOND);
		this.lab.ip(Node.S, "link set r3 down", up);
		awaitDown(http, "r3 is down", Family.IPV4.address(Place.S_SECOND));
		this.lab.node(Node.S).ip(up);
		awaitUp(http);
		for (Family family : Family.values()) {
			awaitAnswer(family, Place.S_SECOND);
		}
	}

	/** Both in one for the same reason. */
	@Test
	void aServerOnAllAddressesGoesOnAfterAnInterfaceWasDownAndAFirewallLetNothingLeave() throws Exception {
		Http http = this.lab.echo(this.transport).http();
		String up = up(Place.S);
		this.lab.ip(Node.S, "link set r3 down", up);
		awaitUp(http);
		this.lab.node(Node.S).ip(up);
		for (Family family : Family.values()) {
			awaitAnswer(family, Place.S);
		}
		assertThat(http.get("/readyz").status()).isEqualTo(200);
		goesOnAfterAFirewallLetNothingLeave(http);
	}

	/**
	 * A firewall that drops what a socket sends tells it so (EPERM). One that drops what goes
	 * to others alone is no reason to be down: who forges sources could make use of it.
	 */
	private void goesOnAfterAFirewallLetNothingLeave(Http http) throws Exception {
		String target = Family.IPV4.target(Place.S, Lab.OWN);
		this.lab.nft(Node.S, denying("oifname != \"lo\" drop"));
		await().atMost(PATIENCE).until(() -> {
			this.probe.send(Probe.MESSAGE, target, Probe.SHORT).hasOutcome("timed-out");
			return this.lab.counted(Node.S) > 0;
		});
		assertThat(http.get("/readyz").status()).isEqualTo(200);
		this.lab.node(Node.S).nft(denying("drop"));
		for (int i = 0; i < 10; i++) {
			this.probe.send(Probe.MESSAGE, target, Probe.SHORT).hasOutcome("timed-out");
		}
		awaitDown(http, "no reply can be sent: Operation not permitted");
		this.lab.node(Node.S).nft("");
		awaitUp(http);
		awaitAnswer(Family.IPV4, Place.S);
	}

	/**
	 * Also counts what the server sends to its own host.
	 */
	private static String denying(String rule) {
		return """
				counter seen { }
				chain output {
					type filter hook output priority 0;
					udp sport %1$d oifname "lo" counter name seen
					udp sport %1$d %2$s
				}
				""".formatted(Lab.OWN, rule);
	}

	private Service startOnSecondAddresses() throws Exception {
		addSecondAddresses();
		return this.lab.echo(this.transport, "--udp-probe.echo.address=" + Stream.of(Family.values())
				.map((family) -> family.address(Place.S_SECOND))
				.collect(Collectors.joining(",")));
	}

	private void addSecondAddresses() {
		this.second.forEach((_, address) -> this.lab.ip(Node.S, "address add %s dev r3".formatted(address),
				"address replace %1$s dev r3%naddress delete %1$s dev r3".formatted(address)));
	}

	/**
	 * @return commands that also give back what is lost with an interface: IPv6 addresses
	 * and routes
	 */
	private static String up(Place... addresses) {
		StringBuilder commands = new StringBuilder("link set r3 up\n");
		for (Family family : Family.values()) {
			for (Place address : addresses) {
				commands.append("address replace %s dev r3%n"
						.formatted(family.inNetwork(address.network(), address.host())));
			}
			commands.append("route replace default via %s%n".formatted(family.address(4, 2)));
		}
		return commands.toString();
	}

	private void awaitAnswer(Family family, Place place) {
		await().atMost(PATIENCE)
				.untilAsserted(() -> this.probe.send(Probe.MESSAGE, family.target(place, Lab.OWN), Probe.SHORT)
						.hasOutcome("replied"));
	}

	private static void awaitUp(Http http) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(http.get("/readyz").status()).isEqualTo(200));
	}

	private static void awaitDown(Http http, String... reasons) {
		await().atMost(PATIENCE).untilAsserted(() -> {
			Http.Answer ready = http.get("/readyz");
			assertThat(ready.status()).as(ready.text()).isEqualTo(503);
			assertThat(http.get("/actuator/health").text()).contains("DOWN").contains(reasons);
		});
	}

}
