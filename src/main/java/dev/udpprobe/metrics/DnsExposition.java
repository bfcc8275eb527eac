package dev.udpprobe.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.udpprobe.module.FieldValue;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.Probe;
import dev.udpprobe.probe.ProbeLog;

/**
 * What blackbox_exporter tells of DNS, by its names.
 */
final class DnsExposition {

	static final String PROTOCOL = "dns";

	/** A name, the seconds that it may be kept, the class and the type. */
	private static final Pattern SOA = Pattern.compile("\\S+ \\d+ \\S+ SOA ");

	/** The values of an answer that have names here. */
	static final Set<String> TOLD = Set.of("answers", "authority", "additional", "serial");

	private DnsExposition() {}

	static void add(Probe probe, GaugeText to) {
		Map<String, FieldValue> fields = probe.judged().judgement().fields();
		boolean answered = probe.result().outcome() instanceof Outcome.Replied && !fields.containsKey("malformed");
		RoundTrip roundTrip = probe.result().outcome().roundTrip();
		Duration resolve = probe.log().lookup();
		Duration sent = probe.log().entries().stream().findFirst().map(ProbeLog.Entry::after).orElse(resolve);
		// Where nothing came back, it is what was waited.
		Duration request = (roundTrip != null)
				? Duration.ofNanos(roundTrip.nanos())
				: probe.log().entries().isEmpty() ? Duration.ZERO : probe.duration().minus(sent);
		Duration connect = sent.minus(resolve);
		to.gauge("probe_dns_duration_seconds", "Duration of DNS request by phase", "phase",
				new TreeMap<>(Map.of("connect", ProbeExposition.seconds(connect), "request",
						ProbeExposition.seconds(request), "resolve", ProbeExposition.seconds(resolve))));
		to.gauge("probe_dns_query_succeeded", "Displays whether or not the query was executed successfully",
				ProbeExposition.number(answered));
		addCount("answer", number(fields, "answers"), to);
		addCount("authority", number(fields, "authority"), to);
		addCount("additional", number(fields, "additional"), to);
		if (answered && "SOA".equalsIgnoreCase(probe.judged().request().settings().get("type"))) {
			to.gauge("probe_dns_serial", "Returns the serial number of the zone", serial(fields));
		}
	}

	private static void addCount(String section, double count, GaugeText to) {
		to.gauge("probe_dns_" + section + "_rrs",
				"Returns number of entries in the " + section + " resource record list", count);
	}

	/** In the authority section, an SOA record says that there is no answer. */
	private static double serial(Map<String, FieldValue> fields) {
		boolean told = fields.get("answer") instanceof FieldValue.Texts(List<String> records)
				&& records.stream().anyMatch((answer) -> SOA.matcher(answer).lookingAt());
		return told ? number(fields, "serial") : 0;
	}

	private static double number(Map<String, FieldValue> fields, String name) {
		return (fields.get(name) instanceof FieldValue.Number(long number)) ? number : 0;
	}

}
