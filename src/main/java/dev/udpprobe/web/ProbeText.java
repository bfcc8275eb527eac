package dev.udpprobe.web;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import dev.udpprobe.metrics.ProbeExposition;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.probe.Probe;
import dev.udpprobe.probe.ProbeLog;
import dev.udpprobe.probe.ResultText;

/**
 * How a probe went, for a person. Nothing secret is in it.
 */
final class ProbeText {

	private ProbeText() {}

	/**
	 * The log, the metrics and the settings, under the headings that blackbox_exporter has.
	 */
	static String debug(Probe probe) {
		StringBuilder text = new StringBuilder("Logs for the probe:\n");
		log(probe).forEach((line) -> text.append(line).append('\n'));
		text.append("\n\n\nMetrics that would have been returned:\n").append(ProbeExposition.of(probe));
		text.append("\n\n\nModule configuration:\nmodule: ").append(probe.module()).append('\n');
		probe.judged().request().settings().forEach((name, value) -> text.append(name).append(": ")
				.append(ReplyText.printable(value)).append('\n'));
		return text.toString();
	}

	/**
	 * @return a line for each step, with its time since the probe began
	 */
	static List<String> log(Probe probe) {
		List<String> lines = new ArrayList<>();
		lines.add(line(Duration.ZERO, "%s: asks %s by the module %s, for at most %s".formatted(probe.begun(),
				ReplyText.printable(probe.target()), probe.module(), millis(probe.timeout()))));
		InetSocketAddress remote = probe.result().exchange().remote();
		lines.add(line(probe.log().lookup(),
				(remote != null) ? "the address is " + AddressText.of(remote) : "there is no address"));
		InetSocketAddress local = probe.result().exchange().local();
		for (ProbeLog.Entry entry : probe.log().entries()) {
			lines.add(line(entry.after(), entry(entry,
					(local != null) ? " from " + AddressText.of(local) : "")));
		}
		if (probe.log().omitted() > 0) {
			lines.add(line(probe.duration(), "%,d more datagrams are not listed".formatted(probe.log().omitted())));
		}
		lines.add(line(probe.duration(),
				(probe.success() ? "success: " : "failure: ")
						+ ReplyText.printable(ResultText.detail(probe.result()))));
		return lines;
	}

	private static String entry(ProbeLog.Entry entry, String from) {
		String what = switch (entry.what()) {
			case SENT -> "sends%s %,d bytes";
			case ANSWER -> "receives%s %,d bytes, the answer";
			case PART -> "receives%s %,d bytes, a part of the answer";
			case STRAY -> "receives%s %,d bytes, no answer";
		};
		return String.format(Locale.ROOT, what, (entry.what() == ProbeLog.What.SENT) ? from : "", entry.length())
				+ ((entry.length() > 0) ? ": " + HexFormat.of().formatHex(entry.beginning()) : "")
				+ ((entry.beginning().length < entry.length()) ? "..." : "");
	}

	private static String line(Duration after, String what) {
		return String.format(Locale.ROOT, "%10s  %s", "+" + millis(after), what);
	}

	static String millis(Duration time) {
		return String.format(Locale.ROOT, "%.3f ms", time.toNanos() / 1e6);
	}

}
