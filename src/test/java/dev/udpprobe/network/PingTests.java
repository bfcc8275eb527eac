package dev.udpprobe.network;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pings over a path that loses datagrams, or refuses them.
 */
@InLab
class PingTests {

	/** For datagrams of which some are lost, and none of the others should seem so. */
	private static final String PATIENT = "700ms";

	private final Mode mode;

	private final Lab lab;

	PingTests(Mode mode, Lab lab) {
		this.mode = mode;
		this.lab = lab;
	}

	/**
	 * @return the lines of the answer, of which the last sums up the others
	 */
	private List<JsonNode> ping(Family family, String timeout, String fields) throws Exception {
		Http.Answer answer = this.lab.service(this.mode).http().post("/ping", Http.FORM,
				"target=%s&interval=1ms&timeout=%s&%s".formatted(family.target(Place.S, Lab.ECHO), timeout, fields));
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return answer.text().lines().map(JsonMapper.shared()::readTree).toList();
	}

	private static void has(JsonNode sums, int sent, int received) {
		assertThat(sums.path("sent").asInt()).as(sums.toString()).isEqualTo(sent);
		assertThat(sums.path("received").asInt()).as(sums.toString()).isEqualTo(received);
		assertThat(sums.path("lost").asInt()).as(sums.toString()).isEqualTo(sent - received);
	}

	private static List<Integer> numbers(List<JsonNode> lines, String outcome) {
		return lines.stream()
				.filter((line) -> line.path("outcome").asString().equals(outcome))
				.map((line) -> line.path("seq").asInt())
				.toList();
	}

	@ParameterizedTest
	@EnumSource
	void whatIsLostIsCounted(Family family) throws Exception {
		this.lab.nft(Node.R2, """
				counter seen { }
				chain forward {
					type filter hook forward priority 0;
					udp dport %d numgen inc mod 10 == 3 counter name seen drop
				}
				""".formatted(Lab.ECHO));

		List<JsonNode> lines = ping(family, PATIENT, "count=50");

		has(lines.getLast(), 50, 50 - this.lab.counted(Node.R2));
		assertThat(numbers(lines, "timed-out")).containsExactly(4, 14, 24, 34, 44);
		assertThat(lines.getLast().path("outcomes").toString()).isEqualTo("{\"replied\":45,\"timed-out\":5}");
	}

	@ParameterizedTest
	@EnumSource
	void theFlowsWhosePortsAreDroppedAreNamed(Family family) throws Exception {
		this.lab.nft(Node.R2, """
				set dropped { type inet_service; size 1024; flags dynamic; }
				chain forward {
					type filter hook forward priority 0;
					udp dport %d jhash udp sport mod 16 == 0 add @dropped { udp sport } drop
				}
				""".formatted(Lab.ECHO));
		List<Integer> dropped;
		JsonNode sums;
		int tries = 0;
		// Local ports are random: in about every third ping the hash drops none of them.
		do {
			sums = ping(family, PATIENT, "flows=16&count=48").getLast();
			dropped = droppedPorts();
		} while (dropped.isEmpty() && ++tries < 30);

		assertThat(dropped).isNotEmpty();
		has(sums, 48, 48 - 3 * dropped.size());
		List<Integer> named = new ArrayList<>();
		for (JsonNode flow : sums.path("flows")) {
			int port = flow.path("localPort").asInt();
			has(flow, 3, dropped.contains(port) ? 0 : 3);
			named.add(port);
		}
		assertThat(named).hasSize(16).containsAll(dropped);
	}

	private List<Integer> droppedPorts() {
		return JsonMapper.shared()
				.readTree(this.lab.node(Node.R2).run("nft", "-j", "list", "set", "inet", "lab", "dropped"))
				.findValues("elem")
				.stream()
				.flatMap((ports) -> ports.valueStream().map(JsonNode::asInt))
				.toList();
	}

	@ParameterizedTest
	@CsvSource({"IPV4,icmp type host-unreachable,host-unreachable", "IPV4,icmp type admin-prohibited,filtered",
			"IPV6,icmpv6 type admin-prohibited,filtered"})
	void whatARouterRejectsIsUnreachable(Family family, String rejection, String meaning) throws Exception {
		this.lab.forwarding(Node.R2,
				"udp dport %d numgen inc mod 2 == 1 reject with %s".formatted(Lab.ECHO, rejection));

		List<JsonNode> lines = ping(family, PATIENT, "count=10");

		assertThat(lines.getLast().path("sent").asInt()).isEqualTo(10);
		// The JDK alone does not tell which datagram an error is for, nor of each error.
		if (this.mode == Mode.NATIVE) {
			has(lines.getLast(), 10, 5);
			assertThat(lines.getLast().path("outcomes").toString()).isEqualTo("{\"replied\":5,\"unreachable\":5}");
			assertThat(numbers(lines, "unreachable")).containsExactly(2, 4, 6, 8, 10);
			assertThat(lines.stream().map((line) -> line.path("icmp")).filter((icmp) -> !icmp.isMissingNode()))
					.hasSize(5)
					.allSatisfy((icmp) -> {
						assertThat(icmp.path("meaning").asString()).isEqualTo(meaning);
						assertThat(icmp.path("reporter").asString()).isEqualTo(TraceTests.text(family, Place.R2));
					});
		}
	}

}
