package dev.udpprobe.metrics;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.udpprobe.module.FieldValue;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.PrintableText;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.Probe;

/**
 * A probe as Prometheus scrapes it, in its text format 0.0.4. What blackbox_exporter has, too, has its names and its help.
 */
public final class ProbeExposition {

	/** Of a text that a peer sends. */
	private static final int MAX_TEXT = 256;

	private static final String INFO = "probe_udp_info";

	private static final Set<String> NOT_ALWAYS_THERE = Set.of("probe_udp_round_trip_seconds", INFO,
			"probe_icmp_error_info");

	private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]");

	private final GaugeText text = new GaugeText();

	private ProbeExposition() {}

	/**
	 * @return its content type
	 */
	public static String contentType() {
		return GaugeText.CONTENT_TYPE;
	}

	/**
	 * @return its text
	 */
	public static String of(Probe probe) {
		ProbeExposition all = new ProbeExposition();
		all.addCommon(probe);
		boolean dns = probe.judged().request().module().protocol().equals(DnsExposition.PROTOCOL);
		if (dns) {
			DnsExposition.add(probe, all.text);
		}
		else {
			all.text.gauge("probe_failed_due_to_regex", "Indicates if probe failed due to regex",
					number(!probe.success() && probe.result().outcome() instanceof Outcome.Replied));
		}
		all.addOurs(probe);
		all.addFields(probe, dns ? DnsExposition.TOLD : Set.of());
		return all.text.toString();
	}

	private void addCommon(Probe probe) {
		this.text.gauge("probe_success", "Displays whether or not the probe was a success", number(probe.success()));
		this.text.gauge("probe_duration_seconds", "Returns how long the probe took to complete in seconds",
				seconds(probe.duration()));
		this.text.gauge("probe_timeout_seconds", "Returns how long the probe timeout is in seconds",
				seconds(probe.timeout()));
		this.text.gauge("probe_dns_lookup_time_seconds", "Returns the time taken for probe dns lookup in seconds",
				seconds(probe.log().lookup()));
		InetSocketAddress remote = probe.result().exchange().remote();
		InetAddress address = (remote != null) ? remote.getAddress() : null;
		this.text.gauge("probe_ip_protocol", "Specifies whether probe ip protocol is IP4 or IP6",
				(address == null) ? 0 : (address instanceof Inet4Address) ? 4 : 6);
		this.text.gauge("probe_ip_addr_hash",
				"Specifies the hash of IP address. It's useful to detect if the IP address changes.",
				(address != null) ? hash(address.getAddress()) : 0);
	}

	static double seconds(Duration time) {
		return time.toNanos() / 1e9;
	}

	/**
	 * FNV-1a of 32 bits.
	 */
	private static double hash(byte[] bytes) {
		int hash = 0x811C9DC5;
		for (byte b : bytes) {
			hash = (hash ^ (b & 0xFF)) * 0x01000193;
		}
		return Integer.toUnsignedLong(hash);
	}

	private void addOurs(Probe probe) {
		Outcome outcome = probe.result().outcome();
		SortedMap<String, Double> outcomes = new TreeMap<>();
		for (Outcome.Kind kind : Outcome.Kind.values()) {
			outcomes.put(kind.label(), number(kind == outcome.kind()));
		}
		this.text.gauge("probe_udp_outcome", "What came of the probe: 1 for that, 0 for the others", "outcome",
				outcomes);
		RoundTrip roundTrip = outcome.roundTrip();
		if (roundTrip != null) {
			this.text.gauge("probe_udp_round_trip_seconds",
					"How long it took from the send to what came back, by the kernel's clock where it has one",
					roundTrip.nanos() / 1e9);
		}
		this.text.gauge("probe_udp_strays", "How many datagrams came that were no answer",
				probe.result().exchange().strays());
		this.text.gauge("probe_udp_tries", "How many datagrams were sent, but for those that an answer asked for",
				probe.judged().tries());
		IcmpMessage icmp = outcome.icmp();
		if (icmp != null) {
			this.text.info("probe_icmp_error_info", "The ICMP error that came back",
					new TreeMap<>(Map.of("type", icmp.meaning().kind().label(),
							"code", icmp.meaning().label(), "reporter",
							(icmp.reporter() != null) ? AddressText.of(icmp.reporter()) : "")));
		}
	}

	/**
	 * Lists are left out: what changes with every answer, such as the time that a record has left, would be another series each time.
	 */
	private void addFields(Probe probe, Set<String> told) {
		SortedMap<String, String> texts = new TreeMap<>();
		String module = probe.judged().request().module().protocol();
		probe.judged().judgement().fields().forEach((name, value) -> {
			switch (value) {
				case FieldValue.Number(long number) -> {
					if (!told.contains(name)) {
						addNumber(module, name, number);
					}
				}
				case FieldValue.Code(long number, String text) -> {
					addNumber(module, name, number);
					texts.put(snakeCase(name), text);
				}
				case FieldValue.Time(Instant time) -> addGauge(module, snakeCase(name) + "_timestamp_seconds",
						"The value " + name + " of the answer, in seconds since 1970", time.toEpochMilli() / 1e3);
				case FieldValue.Text(String text) -> texts.put(snakeCase(name), label(text));
				case FieldValue.Bytes(byte[] bytes) ->
					texts.put(snakeCase(name), label(HexFormat.of().formatHex(bytes)));
				case FieldValue.Texts _ -> {
				}
			}
		});
		if (!texts.isEmpty()) {
			this.text.info(INFO, "What the answer says in words", texts);
		}
	}

	private void addNumber(String module, String field, long number) {
		addGauge(module, snakeCase(field), "The value " + field + " of the answer", (double) number);
	}

	private void addGauge(String module, String name, String help, double value) {
		String wanted = "probe_" + module.replace('-', '_') + "_" + name;
		boolean taken = this.text.has(wanted) || NOT_ALWAYS_THERE.contains(wanted);
		this.text.gauge(taken ? wanted + "_field" : wanted, help, value);
	}

	private static String snakeCase(String name) {
		return UPPER_CASE.matcher(name).replaceAll("_$0").toLowerCase(Locale.ROOT);
	}

	/**
	 * @return the text as UTF-8 can say it, and not too long
	 */
	private static String label(String text) {
		String some = (text.length() > MAX_TEXT) ? text.substring(0, MAX_TEXT) : text;
		return PrintableText.of(some);
	}

	static double number(boolean value) {
		return value ? 1 : 0;
	}

}
