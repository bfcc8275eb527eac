package dev.udpprobe.network;

import java.util.Map;
import java.util.Objects;

/**
 * The lab's links, addresses and routes.
 *
 * <pre>
 * c .2 - network 1 - .1 r1 .2 - network 2 - .1 r2 .2 - network 3 - .1 r3 .2 - network 4 - .1 s
 * </pre>
 */
final class Wiring {

	// The limit of an error that a route causes (ip_error() in net/ipv4/route.c) stays, five at once and then one in a
	// second to one address; so no router has more than one such route that is not silent.
	static final String UNLIMITED = """
			ipv4/icmp_ratemask 0
			ipv6/icmp/ratemask 2
			""";

	static final String LIMITED = """
			ipv4/icmp_ratemask 6168
			ipv6/icmp/ratemask 0-1,3-127
			""";

	private static final String EVERYWHERE = UNLIMITED + """
			ipv6/conf/all/accept_dad 0
			ipv6/conf/default/accept_dad 0
			ipv6/conf/default/dad_transmits 0
			""";

	private static final String ROUTERS = """
			ipv4/ip_forward 1
			ipv6/conf/all/forwarding 1
			""";

	// So that a neighbour which is not there is known not to be there in less than the second that it takes otherwise.
	private static final String FAST_NEIGHBOURS = """
			ipv4/neigh/s/mcast_solicit 2
			ipv6/neigh/s/mcast_solicit 2
			ipv4/neigh/s/retrans_time_ms 20
			ipv6/neigh/s/retrans_time_ms 20
			""";

	private final Map<Node, Namespace> nodes;

	private Wiring(Map<Node, Namespace> nodes) {
		this.nodes = nodes;
	}

	static void connect(Map<Node, Namespace> nodes) {
		Wiring wiring = new Wiring(nodes);
		nodes.forEach((node, namespace) -> {
			// Before its links, which take over what is the default then.
			namespace.sysctl(node.isRouter() ? EVERYWHERE + ROUTERS : EVERYWHERE);
			namespace.ip("link set lo up");
		});
		wiring.link(Node.C, Node.R1, 1);
		wiring.link(Node.R1, Node.R2, 2);
		wiring.link(Node.R2, Node.R3, 3);
		wiring.link(Node.R3, Node.S, 4);
		for (Family family : Family.values()) {
			wiring.address(family);
			wiring.route(family);
		}
		wiring.at(Node.R3).sysctl(FAST_NEIGHBOURS);
	}

	private void link(Node near, Node far, int network) {
		at(near).ip("link add %s type veth peer name %s netns %s".formatted(far.label(), near.label(), at(far).name()));
		for (Family family : Family.values()) {
			at(near).ip("address add %s dev %s".formatted(family.inNetwork(network, 2), far.label()));
			at(far).ip("address add %s dev %s".formatted(family.inNetwork(network, 1), near.label()));
		}
		at(near).ip("link set %s up".formatted(far.label()));
		at(far).ip("link set %s up".formatted(near.label()));
	}

	private void address(Family family) {
		at(Node.C).ip("address add %s dev r1 preferred_lft 0".formatted(
				family.inNetwork(Place.C_SECOND.network(), Place.C_SECOND.host())));
		at(Node.R2).ip("address add %s dev lo".formatted(family.address(Place.R2_SECOND)));
	}

	private void route(Family family) {
		via(family, Node.C, Place.R1, 2, 3, 4, 5, 6);
		via(family, Node.R1, Place.R2, 3, 4, 5, 6);
		via(family, Node.R2, Place.R3, 4, 6);
		at(Node.R2).ip("route add %s via %s".formatted(family.network(1), family.address(2, 2)));
		at(Node.R3).ip("""
				route add %s via %s
				route add %s via %s
				""".formatted(family.network(1), family.address(3, 2), family.network(2), family.address(3, 2)));
		at(Node.S).ip("route add default via " + family.address(4, 2));
		at(Node.R1).ip("route add unreachable " + family.address(Place.UNREACHABLE_BEHIND_R1));
		at(Node.R2).ip("""
				route add prohibit %s
				route add blackhole %s
				""".formatted(family.address(Place.PROHIBITED_BEHIND_R2), family.address(Place.SWALLOWED_BEHIND_R2)));
		at(Node.C).ip("""
				route add unreachable %s
				route add prohibit %s
				route add blackhole %s
				""".formatted(family.address(Place.UNREACHABLE_HERE), family.address(Place.PROHIBITED_HERE),
				family.address(Place.SWALLOWED_HERE)));
	}

	private void via(Family family, Node node, Place router, int... networks) {
		for (int network : networks) {
			at(node).ip("route add %s via %s".formatted(family.network(network), family.address(router)));
		}
	}

	private Namespace at(Node node) {
		return Objects.requireNonNull(this.nodes.get(node));
	}

}
