package dev.udpprobe.echo;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.server.Slot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Judging datagrams takes no memory, whoever sends them.
 */
class GuardAllocationTests {

	private static final int DATAGRAMS = 100_000;

	private static final int WARM_UP = 20_000;

	/** For what the JVM itself may do in this thread; one object a datagram were megabytes. */
	private static final long NEARLY_NOTHING = 64 << 10;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Guard guard = new Guard(
			new GuardSettings(List.of(AddressRange.of("0.0.0.0/0"), AddressRange.of("::/0")),
					List.of(new PortRange(1, 1_023)), true, new RateLimit(20_000, 1 << 20),
					new RateLimit(1_000_000, 1 << 30)),
			Arrivals.bytes("Hi, "), System.nanoTime());

	private final Random random = new Random(7);

	@ParameterizedTest
	@ValueSource(strings = {"known", "other", "other network", "refused", "loop"})
	void takesNoMemory(String kind) {
		Slot datagram = Arrivals.datagram("192.0.2.1", 4_000,
				Arrivals.bytes("loop".equals(kind) ? "x Hi, x Hi, x Hi, x Hi, " : "hello ".repeat(50)), false);
		judge(kind, datagram, WARM_UP);
		long before = this.threads.getCurrentThreadAllocatedBytes();
		int answered = judge(kind, datagram, DATAGRAMS);
		long allocated = this.threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).isLessThan(NEARLY_NOTHING);
		assertThat(answered > 0).isEqualTo(kind.matches("known|other.*"));
	}

	private int judge(String kind, Slot datagram, int times) {
		PeerAddress peer = datagram.peer();
		int answered = 0;
		for (int i = 0; i < times; i++) {
			switch (kind) {
				case "other" -> peer.setIpv4(0x0A00_0000 | this.random.nextInt(1 << 24), 1_024 + i % 60_000);
				case "other network" -> peer.set(0x2001_0DB8_0000_0000L | this.random.nextInt(1 << 30), i, 4_000, 0);
				case "refused" -> peer.setIpv4(0xC000_0200 | (i & 0x7F), 1 + i % 1_023);
				default -> peer.setIpv4(0xC000_0200 | (i & 0x7F), 4_000);
			}
			if (this.guard.dropReason(datagram) == null
					&& this.guard.rateDropReason(datagram, System.nanoTime()) == null) {
				answered++;
			}
		}
		return answered;
	}

}
