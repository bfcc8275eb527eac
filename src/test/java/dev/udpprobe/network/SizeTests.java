package dev.udpprobe.network;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Datagrams that are too big for a link. Without a wish, Linux lets no router fragment
 * what fits its own link, and fragments itself what does not, or what it has learnt does
 * not ({@code IP_PMTUDISC_WANT} in {@code ip(7)}).
 */
@InLab
class SizeTests {

	private static final int NARROW = 1400;

	/** Fits the first link, and not the narrow one. */
	private static final int LENGTH = 1420;

	private final Probe probe;

	SizeTests(Mode mode, Lab lab) {
		this.probe = new Probe(mode, lab);
	}

	@BeforeEach
	void narrow() {
		this.probe.lab().narrow(NARROW);
	}

	@ParameterizedTest
	@EnumSource
	void aRouterSaysHowMuchItTakes(Family family) throws Exception {
		tooBigForRouter(family, "dontFragment=true");
		// The kernel has learnt it.
		tooBigForHost(family, LENGTH, NARROW);
	}

	@ParameterizedTest
	@EnumSource
	void theNextDatagramIsFragmentedUnlessForbidden(Family family) throws Exception {
		tooBigForRouter(family);
		this.probe.expect("replied", LENGTH, family.target(Place.S, Lab.MIRROR)).has("bytesSent", LENGTH);
		this.probe.expect("replied", LENGTH, family.target(Place.S, Lab.MIRROR), "dontFragment=false");
	}

	@ParameterizedTest
	@EnumSource
	void theHostItselfTakesNoMoreThanItsLink(Family family) throws Exception {
		tooBigForHost(family, Lab.MTU, Lab.MTU);
	}

	private void tooBigForRouter(Family family, String... fields) throws Exception {
		Answer answer = this.probe.expect("too-big", LENGTH, family.target(Place.S, Lab.MIRROR), fields);
		switch (this.probe.mode()) {
			case NATIVE -> answer.has("pathMtu", NARROW)
					.hasIcmp((family == Family.IPV4) ? "3/4" : "2/0", "packet-too-big", family.address(Place.R2));
			case PLAIN -> answer.hasNot("pathMtu").hasNot("icmp");
		}
	}

	private void tooBigForHost(Family family, int length, int mtu) throws Exception {
		Answer answer = this.probe.expect("too-big", length, family.target(Place.S, Lab.MIRROR), "dontFragment=true")
				.hasNot("icmp")
				.has("bytesSent", 0);
		switch (this.probe.mode()) {
			case NATIVE -> answer.has("pathMtu", mtu);
			case PLAIN -> answer.hasNot("pathMtu");
		}
	}

}
