package dev.udpprobe.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import dev.udpprobe.module.FieldValue;
import dev.udpprobe.net.AddressText;
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

	private static final Set<String> NOT_ALWAYS_THERE = Set.of("probe_udp_round_trip_seconds", "probe_udp_info",
			"probe_icmp_error_info");

	private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.builder()
			.setIncludeCreatedTimestamps(false).build();

	private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();

	private final Set<String> names = new HashSet<>();

	private ProbeExposition() {}

	/**
	 * @return its content type
	 */
	public static String contentType() {
		return WRITER.getContentType();
	}

	/**
	 * @param out not closed
	 */
	public static void write(Probe probe, OutputStream out) throws IOException {
		WRITER.write(out, of(probe));
	}

	private static MetricSnapshots of(Probe probe) {
		ProbeExposition all = new ProbeExposition();
		all.addCommon(probe);
		boolean dns = probe.judged().request().module().protocol().equals(DnsExposition.PROTOCOL);
		if (dns) {
			DnsExposition.add(probe, all);
		}
		else {
			all.gauge("probe_failed_due_to_regex", "Indicates if probe failed due to regex",
					!probe.success() && probe.result().outcome() instanceof Outcome.Replied);
		}
		all.addOurs(probe);
		all.addFields(probe);
		return all.metrics.build();
	}

	private void addCommon(Probe probe) {
		gauge("probe_success", "Displays whether or not the probe was a success", probe.success());
		gauge("probe_duration_seconds", "Returns how long the probe took to complete in seconds",
				seconds(probe.duration()));
		gauge("probe_timeout_seconds", "Returns how long the probe timeout is in seconds", seconds(probe.timeout()));
		gauge("probe_dns_lookup_time_seconds", "Returns the time taken for probe dns lookup in seconds",
				seconds(probe.log().lookup()));
		InetSocketAddress remote = probe.result().exchange().remote();
		InetAddress address = (remote != null) ? remote.getAddress() : null;
		gauge("probe_ip_protocol", "Specifies whether probe ip protocol is IP4 or IP6",
				(address == null) ? 0 : (address instanceof Inet4Address) ? 4 : 6);
		gauge("probe_ip_addr_hash",
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
		gauge("probe_udp_outcome", "What came of the probe: 1 for that, 0 for the others",
				List.of(Outcome.Kind.values()).stream()
						.map((kind) -> point(kind == outcome.kind() ? 1 : 0, Labels.of("outcome", kind.label())))
						.toList());
		RoundTrip roundTrip = outcome.roundTrip();
		if (roundTrip != null) {
			gauge("probe_udp_round_trip_seconds",
					"How long it took from the send to what came back, by the kernel's clock where it has one",
					roundTrip.nanos() / 1e9);
		}
		gauge("probe_udp_strays", "How many datagrams came that were no answer", probe.result().exchange().strays());
		gauge("probe_udp_tries", "How many datagrams were sent, but for those that an answer asked for",
				probe.judged().tries());
		IcmpMessage icmp = outcome.icmp();
		if (icmp != null) {
			info("probe_icmp_error", "The ICMP error that came back", Labels.of("type", icmp.meaning().kind().label(),
					"code", icmp.meaning().label(), "reporter",
					(icmp.reporter() != null) ? AddressText.of(icmp.reporter()) : ""));
		}
	}

	/**
	 * Lists are left out: what changes with every answer, such as the time that a record has left, would be another series each time.
	 */
	private void addFields(Probe probe) {
		Labels.Builder texts = Labels.builder();
		String module = probe.judged().request().module().protocol();
		probe.judged().judgement().fields().forEach((name, value) -> {
			switch (value) {
				case FieldValue.Number(long number) -> addField(module, name, number);
				case FieldValue.Code(long number, String text) -> {
					addField(module, name, number);
					texts.label(snakeCase(name), text);
				}
				case FieldValue.Text(String text) -> texts.label(snakeCase(name), wellFormed(text));
				case FieldValue.Bytes(byte[] bytes) ->
					texts.label(snakeCase(name), wellFormed(HexFormat.of().formatHex(bytes)));
				case FieldValue.Texts _ -> {
				}
			}
		});
		Labels labels = texts.build();
		if (!labels.isEmpty()) {
			info("probe_udp", "What the answer says in words", labels);
		}
	}

	private void addField(String module, String field, long number) {
		String wanted = "probe_" + module.replace('-', '_') + "_" + snakeCase(field);
		boolean free = !this.names.contains(wanted) && !NOT_ALWAYS_THERE.contains(wanted);
		gauge(free ? wanted : wanted + "_field", "The value %s of the answer".formatted(field), (double) number);
	}

	private static String snakeCase(String name) {
		return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

	/**
	 * @return the text as UTF-8 can say it, and not too long
	 */
	private static String wellFormed(String text) {
		String some = (text.length() > MAX_TEXT) ? text.substring(0, MAX_TEXT) : text;
		return some.codePoints()
				.map((character) -> (Character.getType(character) == Character.SURROGATE) ? '\uFFFD' : character)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
	}

	/**
	 * A field of that name gets another one.
	 */
	void reserve(String name) {
		this.names.add(name);
	}

	void gauge(String name, String help, boolean value) {
		gauge(name, help, value ? 1 : 0);
	}

	void gauge(String name, String help, double value) {
		gauge(name, help, List.of(point(value, Labels.EMPTY)));
	}

	void gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
		if (this.names.add(name)) {
			GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
			points.forEach(gauge::dataPoint);
			this.metrics.metricSnapshot(gauge.build());
		}
	}

	static GaugeDataPointSnapshot point(double value, Labels labels) {
		return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
	}

	private void info(String name, String help, Labels labels) {
		this.metrics.metricSnapshot(InfoSnapshot.builder().name(name).help(help)
				.dataPoint(InfoDataPointSnapshot.builder().labels(labels).build()).build());
	}

}
