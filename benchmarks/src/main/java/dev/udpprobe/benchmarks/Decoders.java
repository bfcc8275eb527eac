package dev.udpprobe.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.udpprobe.UdpProbeApplication;
import dev.udpprobe.module.ModuleDialogue;
import dev.udpprobe.module.Modules;

/**
 * Times what modules do with a datagram: whether it answers, what it says, and whether that is good. The datagrams are as long as
 * any may be, and made so that much of them has to be looked at.
 */
final class Decoders {

	private static final int LENGTH = 65_507;

	private static final int WARM = 3_000;

	private static final int TIMES = 1_000;

	private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 49_152);

	private final Modules modules;

	private double slowest;

	private Decoders(Modules modules) {
		this.modules = modules;
	}

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(UdpProbeApplication.class)
				.web(WebApplicationType.NONE)
				.run("--udp-probe.echo.enabled=false", "--logging.level.root=off")) {
			new Decoders(context.getBean(Modules.class)).run();
		}
	}

	private void run() {
		System.out.printf(Locale.ROOT, "%-12s %-34s %12s %12s%n", "module", "datagram", "median us", "p99 us");
		row("dns", "32 records NSEC, all types", (asked) -> answer(asked, 32, nsec()));
		row("dns", "5,900 records without data", (asked) -> answer(asked, 5_900, record(10, new byte[0])));
		row("stun", "8,000 attributes", (asked) -> join(bytes(0x01, 0x01, 0xff, 0xc8), Arrays.copyOfRange(asked, 4, 20),
				bytes(0x80, 0x22, 0, 4, 'a', 'b', 'c', 'd')));
		row("quic", "16,000 versions", (asked) -> join(bytes(0x80, 0, 0, 0, 0), swapped(asked), bytes(0, 0, 0, 1)));
		row("sip", "1,500 lines Via of others", (asked) -> join(text("SIP/2.0 200 OK\r\n"), new byte[0],
				text("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother\r\n")));
		row("sip", "all line ends", (asked) -> join(text("SIP/2.0 200 OK\r\n"), new byte[0], text("\r\n")));
		for (String module : new String[]{"ntp", "snmp", "snmp-v2c", "memcached", "tftp", "echo"}) {
			row(module, "its own question again and again", (asked) -> join(new byte[0], new byte[0], asked));
		}
		row("snmp", "lengths of lengths", (_) -> join(new byte[0], new byte[0], bytes(0x30, 0x82, 0xff, 0xdf)));
		for (String module : new String[]{"dns", "ntp", "snmp", "sip", "stun", "quic", "memcached", "tftp", "echo"}) {
			row(module, "random bytes", (_) -> {
				byte[] random = new byte[LENGTH];
				new Random(1).nextBytes(random);
				return random;
			});
		}
		System.out.printf(Locale.ROOT, "%-12s %-34s %12.1f%n", "slowest", "", this.slowest);
	}

	private void row(String module, String what, UnaryOperator<byte[]> answer) {
		ModuleDialogue dialogue = Objects.requireNonNull(this.modules.find(module))
				.request(Map.of(), Map.of(), null)
				.dialogue("127.0.0.1:1", Duration.ofMinutes(10), UnaryOperator.identity());
		ByteBuffer datagram = ByteBuffer.wrap(answer.apply(dialogue.first(LOCAL).payload()));
		long[] nanos = new long[TIMES];
		for (int i = -WARM; i < TIMES; i++) {
			long start = System.nanoTime();
			Objects.requireNonNull(dialogue.received(datagram));
			if (i >= 0) {
				nanos[i] = System.nanoTime() - start;
			}
		}
		Arrays.sort(nanos);
		double median = nanos[TIMES / 2] / 1e3;
		this.slowest = Math.max(this.slowest, median);
		System.out.printf(Locale.ROOT, "%-12s %-34s %12.1f %12.1f%n", module, what, median, nanos[TIMES * 99 / 100] / 1e3);
	}

	/**
	 * @return the beginning, and the rest as often as it fits
	 */
	private static byte[] join(byte[] begin, byte[] then, byte[] again) {
		ByteBuffer all = ByteBuffer.allocate(LENGTH).put(begin).put(then);
		while (all.remaining() >= again.length) {
			all.put(again);
		}
		return Arrays.copyOf(all.array(), all.position());
	}

	private static byte[] answer(byte[] asked, int records, byte[] record) {
		ByteBuffer all = ByteBuffer.allocate(LENGTH);
		// Its OPT record has 11 bytes.
		all.put(asked, 0, asked.length - 11);
		all.put(2, (byte) 0x81).putShort(6, (short) records).putShort(10, (short) 0);
		for (int i = 0; i < records && all.remaining() >= record.length; i++) {
			all.put(record);
		}
		return Arrays.copyOf(all.array(), all.position());
	}

	private static byte[] record(int type, byte[] data) {
		return ByteBuffer.allocate(12 + data.length)
				.putShort((short) 0xc00c)
				.putShort((short) type)
				.putShort((short) 1)
				.putInt(60)
				.putShort((short) data.length)
				.put(data)
				.array();
	}

	/**
	 * Bit maps of all types in 23 windows (RFC 4034 4.1.2), each with 32 bytes.
	 */
	private static byte[] nsec() {
		ByteBuffer data = ByteBuffer.allocate(1 + 23 * 34);
		data.put((byte) 0);
		for (int window = 0; window < 23; window++) {
			byte[] map = new byte[32];
			Arrays.fill(map, (byte) 0xff);
			data.put((byte) window).put((byte) map.length).put(map);
		}
		return record(47, data.array());
	}

	/**
	 * @return both connection ids of the first packet of QUIC, the other way round
	 */
	private static byte[] swapped(byte[] asked) {
		return ByteBuffer.allocate(18).put(asked, 14, 9).put(asked, 5, 9).array();
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

}
