package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.LongAdder;

import org.junit.jupiter.api.Test;

import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors without an entry in the error queue: it was read before, or the kernel had no room.
 */
class RefusalReaderTests {

	@Test
	void anErrorWhoseEntryIsNotThereSaysNothing() throws IOException {
		ExternalTool.requireKernelDetail();
		try (DatagramChannel channel = DatagramChannel.open(); RefusalReader reader = new RefusalReader()) {
			NativeChannel exclusive = new NativeChannel(channel, InetAddress.getLoopbackAddress(), new LongAdder(),
					new SentReplies());
			assertThat(reader.read(exclusive, new PortUnreachableException())).isEqualTo(Refusal.NONE);
			assertThat(reader.read(exclusive, new NoRouteToHostException())).isEqualTo(Refusal.NONE);
			assertThat(reader.read(exclusive, new IOException("Bad file descriptor"))).isNull();
		}
	}

	@Test
	void whereTheKernelQueuesNoErrorsARefusalIsPossible() throws IOException {
		try (DatagramChannel channel = DatagramChannel.open(); RefusalReader reader = new RefusalReader()) {
			NativeChannel shared = new NativeChannel(channel, InetAddress.getLoopbackAddress(), new LongAdder(), null);
			assertThat(reader.read(shared, new PortUnreachableException())).isEqualTo(Refusal.UNPROVEN);
			assertThat(reader.read(shared, new IOException("Bad file descriptor"))).isNull();
		}
	}

}
