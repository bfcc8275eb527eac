package dev.udpprobe.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the kernel of a node has counted ({@code /proc/net/snmp} and
 * {@code /proc/net/snmp6}).
 */
record Counters(Map<String, Long> values) {

	static Counters of(Namespace node) {
		Map<String, Long> values = new HashMap<>();
		List<String> lines = node.run("cat", "/proc/net/snmp").lines().toList();
		for (int i = 0; i < lines.size(); i += 2) {
			String[] names = lines.get(i).split("\\s+", -1);
			String[] numbers = lines.get(i + 1).split("\\s+", -1);
			for (int j = 1; j < names.length; j++) {
				values.put(names[0].replace(":", "") + names[j], Long.valueOf(numbers[j]));
			}
		}
		node.run("cat", "/proc/net/snmp6")
				.lines()
				.map((line) -> line.split("\\s+", -1))
				.forEach((words) -> values.put(words[0], Long.valueOf(words[1])));
		return new Counters(values);
	}

	/**
	 * @return how many ICMP errors came in that say a destination is unreachable
	 */
	long icmpIn(Family family) {
		return value((family == Family.IPV4) ? "IcmpInDestUnreachs" : "Icmp6InDestUnreachs");
	}

	/**
	 * @return how many ICMP errors of all types came in
	 */
	long icmpErrorsIn(Family family) {
		return Stream.of("DestUnreachs", "TimeExcds",
				(family == Family.IPV4) ? "ParmProbs" : "ParmProblems")
				.mapToLong((type) -> value(((family == Family.IPV4) ? "IcmpIn" : "Icmp6In") + type))
				.sum();
	}

	/**
	 * @return how many ICMP errors went out that say a destination is unreachable
	 */
	long icmpOut(Family family) {
		return value((family == Family.IPV4) ? "IcmpOutDestUnreachs" : "Icmp6OutDestUnreachs");
	}

	long datagramsOut(Family family) {
		return value((family == Family.IPV4) ? "UdpOutDatagrams" : "Udp6OutDatagrams");
	}

	private long value(String name) {
		return Objects.requireNonNull(this.values.get(name), name);
	}

}
