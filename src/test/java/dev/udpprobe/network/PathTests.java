package dev.udpprobe.network;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a path carries, loses and refuses.
 */
@InLab
class PathTests {

	private static final int PORT = 2000;

	private final Probe probe;

	PathTests(Mode mode, Lab lab) {
		this.probe = new Probe(mode, lab);
	}

	@ParameterizedTest
	@EnumSource
	void theServerReplies(Family family) throws Exception {
		this.probe.expect("replied", family.target(Place.S, Lab.ECHO)).has("reply", Probe.MESSAGE).hasNoIcmp();
	}

	@ParameterizedTest
	@EnumSource
	void anEmptyDatagramPassesAndIsRefused(Family family) throws Exception {
		this.probe.expect("replied", 0, family.target(Place.S, Lab.ECHO)).has("bytesReceived", 0);
		refused(family, this.probe.expect("refused", 0, family.target(Place.S, Lab.CLOSED)), Place.S);
	}

	@ParameterizedTest
	@EnumSource
	void anUnconnectedSocketHearsNothing(Family family) throws Exception {
		this.probe.expect("timed-out", family.target(Place.S, Lab.CLOSED), "socket=unconnected").hasNoIcmp();
		this.probe.expect("replied", family.target(Place.S, Lab.ECHO), "socket=unconnected");
	}

	@ParameterizedTest
	@EnumSource
	void theLongestDatagramPasses(Family family) throws Exception {
		this.probe.expect("replied", 65_507, family.target(Place.S, Lab.ECHO)).has("bytesReceived", 65_507);
	}

	@ParameterizedTest
	@EnumSource
	void itIsSaidWhatTookTheTimes(Family family) throws Exception {
		this.probe.expect("replied", family.target(Place.S, Lab.ECHO)).has("clock", this.probe.mode().clock());
		this.probe.expect("refused", family.target(Place.S, Lab.CLOSED)).has("clock", this.probe.mode().clock());
	}

	@ParameterizedTest
	@EnumSource
	void theServerItselfRefuses(Family family) throws Exception {
		refused(family, Lab.CLOSED, Place.S);
	}

	@ParameterizedTest
	@EnumSource
	void aFirewallOnTheWayRefuses(Family family) throws Exception {
		this.probe.lab().forwarding(Node.R2, "udp dport %d reject".formatted(PORT));
		refused(family, PORT, Place.R2);
	}

	@ParameterizedTest
	@EnumSource
	void aRouterReportsFromAnotherAddress(Family family) throws Exception {
		String route = "route replace %s via %s".formatted(family.network(1), family.address(2, 2));
		this.probe.lab().ip(Node.R2, "%s src %s".formatted(route, family.address(Place.R2_SECOND)), route);
		this.probe.lab().forwarding(Node.R2, "udp dport %d reject".formatted(PORT));
		refused(family, PORT, Place.R2_SECOND);
	}

	private void refused(Family family, int port, Place reporter) throws Exception {
		refused(family, this.probe.expect("refused", family.target(Place.S, port)), reporter);
	}

	private void refused(Family family, Answer answer, Place reporter) throws Exception {
		switch (this.probe.mode()) {
			case NATIVE -> answer.hasIcmp((family == Family.IPV4) ? "3/3" : "1/4", "port-unreachable",
					family.address(reporter));
			case PLAIN -> answer.hasNoIcmp();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aFirewallSwallows(Family family) throws Exception {
		this.probe.lab().forwarding(Node.R2, "udp dport %d drop".formatted(Lab.ECHO));
		this.probe.expect("timed-out", family.target(Place.S, Lab.ECHO)).hasNoIcmp();
	}

	@ParameterizedTest
	@EnumSource
	void aRouteSwallows(Family family) throws Exception {
		this.probe.expect("timed-out", family.target(Place.SWALLOWED_BEHIND_R2, Lab.ECHO)).hasNoIcmp();
	}

	@ParameterizedTest
	@EnumSource
	void everySecondDatagramIsLost(Family family) throws Exception {
		this.probe.lab().forwarding(Node.R2, "udp dport %d numgen inc mod 2 < 1 drop".formatted(Lab.ECHO));
		int sent = 20;
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<CompletableFuture<String>> outcomes = IntStream.range(0, sent)
					.mapToObj((_) -> this.probe.later(executor, family.target(Place.S, Lab.ECHO), "1s"))
					.map((answer) -> answer.thenApply((it) -> it.field("outcome")))
					.toList();
			assertThat(outcomes).map(CompletableFuture::join)
					.containsOnly("replied", "timed-out")
					.filteredOn("replied"::equals)
					.hasSize(sent / 2);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# family | ttl | ICMP | reporter
			  IPV4   | 1   | 11/0 | R1
			  IPV4   | 2   | 11/0 | R2
			  IPV4   | 3   | 11/0 | R3
			  IPV6   | 1   | 3/0  | R1
			  IPV6   | 2   | 3/0  | R2
			  IPV6   | 3   | 3/0  | R3
			""")
	void aTtlEnds(Family family, int ttl, String icmp, Place reporter) throws Exception {
		String target = family.target(Place.S, Lab.ECHO);
		switch (this.probe.mode()) {
			case NATIVE -> this.probe.expect("expired", target, "ttl=" + ttl)
					.hasIcmp(icmp, "ttl-exceeded", family.address(reporter));
			case PLAIN -> this.probe.send(Probe.MESSAGE, target, Probe.SHORT, "ttl=" + ttl).lacks("ttl");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aTtlSuffices(Family family) throws Exception {
		String target = family.target(Place.S, Lab.ECHO);
		switch (this.probe.mode()) {
			case NATIVE -> this.probe.expect("replied", target, "ttl=4");
			case PLAIN -> this.probe.send(Probe.MESSAGE, target, Probe.SHORT, "ttl=4").lacks("ttl");
		}
	}

}
