package dev.udpprobe.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

import org.junit.jupiter.api.Test;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.module.FieldValue;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.module.ModuleSpec;
import dev.udpprobe.module.Modules;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.Probe;
import dev.udpprobe.probe.ProbeLog;
import dev.udpprobe.probe.SendResult;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeExpositionTests {

	private static final ModuleSpec SPEC = new ModuleSpec(null, null, null, null, null, null, "00", null, null, null,
			null, null, null, null, null, null, null, null);

	private static final ModuleSpec LIKE_BASE = new ModuleSpec("base-1", null, null, null, null, null, null, null, null,
			null, null, null, null, null, null, null, null, null);

	private static String exposition(String module, Map<String, FieldValue> fields) throws Exception {
		SequencedMap<String, FieldValue> values = new LinkedHashMap<>(fields);
		ProbeModule known = Objects.requireNonNull(
				new Modules(Map.of("base-1", SPEC, "office", LIKE_BASE, "udp", SPEC), Duration.ofSeconds(1))
						.find(module));
		Target target = Target.adHoc(HostAndPort.of("127.0.0.1:9"));
		SendResult result = new SendResult(target, Duration.ofSeconds(1),
				Exchange.unsent(null, new Outcome.Replied(new byte[0], RoundTrip.jvm(1_500))),
				new SendResult.Judged(known.request(Map.of(), Map.of(), null), new Judgement(true, null, values, ""),
						1));
		return ProbeExposition
				.of(new Probe("x", Instant.EPOCH, Duration.ofMillis(3), Duration.ofSeconds(1), result, new ProbeLog()));
	}

	@Test
	void numbersAreGaugesWithTheNameOfTheModuleThatSaysWhatIsSent() throws Exception {
		for (String module : List.of("base-1", "office")) {
			assertThat(exposition(module, Map.of("bootTime", new FieldValue.Number(-7))))
					.contains("""
							# HELP probe_base_1_boot_time The value bootTime of the answer
							# TYPE probe_base_1_boot_time gauge
							probe_base_1_boot_time -7.0
							""");
		}
	}

	@Test
	void aNameThatIsTakenGetsAnEnding() throws Exception {
		assertThat(exposition("udp",
				Map.of("tries", new FieldValue.Number(3), "info", new FieldValue.Number(4), "total",
						new FieldValue.Number(5))))
				.contains("\nprobe_udp_tries 1.0\n", "\nprobe_udp_tries_field 3.0\n",
						"\nprobe_udp_info_field 4.0\n", "\nprobe_udp_total 5.0\n");
	}

	@Test
	void aNumberWithANameIsBoth() throws Exception {
		assertThat(exposition("base-1", Map.of("leap", new FieldValue.Code(3, "unsynchronized"))))
				.contains("\nprobe_base_1_leap 3.0\n", "\nprobe_udp_info{leap=\"unsynchronized\"} 1\n");
	}

	@Test
	void bytesAreDigitsAndListsAreLeftOut() throws Exception {
		assertThat(exposition("base-1", Map.of("engine", new FieldValue.Bytes(new byte[]{-128, 1}), "records",
				new FieldValue.Texts(List.of("one"))))).contains("probe_udp_info{engine=\"8001\"} 1\n")
				.doesNotContain("records");
	}

	@Test
	void aTimeIsAGauge() throws Exception {
		String text = exposition("base-1", Map.of("asOf", new FieldValue.Time(Instant.ofEpochMilli(1_500))));
		assertThat(text.lines()).anyMatch((line) -> line.endsWith("_as_of_timestamp_seconds 1.5"))
				.anyMatch((line) -> line.endsWith(" The value asOf of the answer, in seconds since 1970"))
				.noneMatch((line) -> line.startsWith("probe_udp_info"));
	}

	@Test
	void whatAPeerSaysStaysText() throws Exception {
		String hostile = "a\"} 1\nprobe_success 0\\\ud800" + "\u0000" + "x".repeat(1_000);
		String text = exposition("base-1", Map.of("said", new FieldValue.Text(hostile)));
		assertThat(text.lines()).filteredOn((line) -> line.startsWith("probe_success"))
				.containsExactly("probe_success 1.0");
		assertThat(text.lines()).filteredOn((line) -> line.startsWith("probe_udp_info")).singleElement().asString()
				.startsWith("probe_udp_info{said=\"a\\\"} 1?probe_success 0\\\\??xxx")
				.hasSizeBetween(256, 300);
	}

}
