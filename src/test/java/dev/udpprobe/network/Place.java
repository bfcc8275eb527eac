package dev.udpprobe.network;

/**
 * An address in the lab, of either family: a number of a network and one in it.
 */
enum Place {

	/** The host of the service under test. */
	C(1, 2),

	/** Another address of that host, which it uses only when told to. */
	C_SECOND(1, 3),

	/** An address in that host's own network that nobody has. */
	C_NOT(1, 99),

	/** The routers, as those report errors who see them from {@link #C}. */
	R1(1, 1), R2(2, 1), R3(3, 1),

	/** Another address of the second router. */
	R2_SECOND(9, 1),

	/** The host of the peers. */
	S(4, 1),

	/** Another address of that host, in tests that give it to it. */
	S_SECOND(4, 50),

	/** One more, by a route alone, in tests that make it. */
	S_BY_ROUTE(6, 50),

	/** Nobody has this address in the last network, and {@link #R3} finds out. */
	NOBODY(4, 77),

	/** {@link #R1} has a route of the type unreachable. */
	UNREACHABLE_BEHIND_R1(5, 1),

	/** {@link #R2} has a route of the type prohibit. */
	PROHIBITED_BEHIND_R2(5, 2),

	/** {@link #R2} has a route of the type blackhole. */
	SWALLOWED_BEHIND_R2(5, 3),

	/** {@link #R3} has no route. */
	NOWHERE_BEHIND_R3(6, 1),

	/** {@link #C} itself has a route of the type unreachable, prohibit or blackhole. */
	UNREACHABLE_HERE(7, 1), PROHIBITED_HERE(7, 2), SWALLOWED_HERE(7, 3),

	/** {@link #C} itself has no route. */
	NOWHERE_HERE(8, 1);

	private final int network;

	private final int host;

	Place(int network, int host) {
		this.network = network;
		this.host = host;
	}

	int network() {
		return this.network;
	}

	int host() {
		return this.host;
	}

}
