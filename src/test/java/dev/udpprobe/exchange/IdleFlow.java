package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Random;

/**
 * A flow on a loop that never runs, for what needs a flow alone.
 */
final class IdleFlow implements AutoCloseable {

	private final ExchangeLoop loop = new ExchangeLoop(0, () -> SocketReader.of(Detail.PORTABLE.get()));

	private final DatagramChannel channel;

	private final Flow flow;

	IdleFlow() throws IOException {
		InetSocketAddress remote = TestServer.closedPort("127.0.0.1");
		this.channel = DatagramChannel.open().connect(remote);
		LocalPorts ports = new LocalPorts(new int[]{1}, new Random(1));
		this.flow = new Flow(this.loop,
				new ExchangeChannels(1, ports, Detail.PORTABLE.get(), DestinationRates.NONE), this.channel, remote,
				ExchangeOptions.CONNECTED,
				new FlowSettings(1, Correlation.NONE, (_) -> {}), () -> false);
	}

	Flow get() {
		return this.flow;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		this.loop.close();
	}

}
