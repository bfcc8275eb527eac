package dev.udpprobe.monitor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.module.FieldValue;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.module.Modules;
import dev.udpprobe.net.HostAndPort;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What targets take of whom everything is remembered that can be: two thousand, a fifth of what there may be within 100 MiB.
 */
@Execution(ExecutionMode.CONCURRENT)
class MonitorMemoryTests {

	/**
	 * Fills memories, and says how many.
	 */
	static final class Full {

		private static final int TARGETS = 2_000;

		private static final Target TARGET = Target.adHoc(HostAndPort.of("127.0.0.1:9"));

		private static final RoundSettings SETTINGS = Rig.every(Duration.ofSeconds(1));

		private static final ModuleRequest REQUEST = request();

		private static final List<String> NAMES = IntStream.range(0, 8).mapToObj("field%d"::formatted).toList();

		static void main() throws Exception {
			List<TargetMemory> all = new ArrayList<>();
			for (int i = 0; i < TARGETS; i++) {
				all.add(full(i));
			}
			System.out.println(all.stream().filter((memory) -> memory.history().changes().size() > 1).count());
		}

		private static ModuleRequest request() {
			Modules modules = new Modules(Map.of("once", Rig.once()), Duration.ofSeconds(1));
			return modules.all().getFirst().request(Map.of(), Map.of(), null);
		}

		private static TargetMemory full(int number) throws UnknownHostException {
			TargetMemory memory = new TargetMemory(Instant.EPOCH, false);
			for (int i = 0; i < RoundRing.MAX + 100; i++) {
				boolean good = i / 2 % 2 == 0;
				memory.add(Instant.ofEpochSecond(i), (i < RoundRing.MAX) ? good(i, true) : bad(number, i, good),
						SETTINGS);
			}
			memory.add(Instant.now(), good(number, true), SETTINGS);
			return memory;
		}

		private static SendResult bad(int number, int i, boolean good) throws UnknownHostException {
			InetAddress reporter = InetAddress
					.getByAddress(new byte[]{10, (byte) (number >> 8), (byte) number, (byte) i});
			IcmpMessage icmp = new IcmpMessage(3, 3, IcmpMeaning.PORT_UNREACHABLE, reporter);
			return result(reporter, good
					? new Outcome.Replied(new byte[0], RoundTrip.jvm(i))
					: new Outcome.Refused(icmp, RoundTrip.jvm(1)), good);
		}

		private static SendResult good(int i, boolean pass) {
			return result(InetAddress.getLoopbackAddress(), new Outcome.Replied(new byte[0], RoundTrip.jvm(i)), pass);
		}

		private static SendResult result(InetAddress from, Outcome outcome, boolean pass) {
			SequencedMap<String, FieldValue> fields = new LinkedHashMap<>();
			for (String name : NAMES) {
				fields.put(name, new FieldValue.Text("x".repeat(90)));
			}
			Exchange exchange = new Exchange(new InetSocketAddress(from, 9), new InetSocketAddress(from, 50_000), 1, 1,
					List.of(), 0, outcome);
			return new SendResult(TARGET, Duration.ofSeconds(1), exchange, new SendResult.Judged(REQUEST,
					new Judgement(pass, "r".repeat(200), fields, "s".repeat(200)), 1));
		}

	}

	/**
	 * With two MiB for what is not of targets, and two in which garbage begins.
	 */
	@Test
	void aTargetTakesTenKibibytesAtTheMost() throws Exception {
		Process process = Processes.start(new ProcessBuilder(
				Java.command(List.of("-Xmx24m", "-Xmn2m", "-XX:+UseCompactObjectHeaders"), Full.class))
				.redirectErrorStream(true));
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).isEqualTo(Full.TARGETS + "\n");
	}

}
