package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;

/**
 * What the JDK alone takes for exchanges on fresh sockets, begun by one loop: no engine, no
 * timestamps, no ICMP errors, no time-outs.
 */
final class BareLoop {

	private static final int LENGTH = 64;

	private static final int FIRST_PORT = 33_000;

	private static final int PORTS = 27_000;

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
			.getOperatingSystemMXBean();

	private final InetSocketAddress remote;

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

	private int port;

	private long exchanges;

	private BareLoop(InetSocketAddress remote) throws IOException {
		this.remote = remote;
	}

	/**
	 * @param args the echo server's port, the window, seconds to warm up, seconds to measure
	 */
	public static void main(String[] args) throws IOException {
		BareLoop loop = new BareLoop(
				new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])));
		for (int i = 0; i < Integer.parseInt(args[1]); i++) {
			loop.begin();
		}
		loop.run(Double.parseDouble(args[2]));
		long start = System.nanoTime();
		long cpu = SYSTEM.getProcessCpuTime();
		loop.run(Double.parseDouble(args[3]));
		double cpuMicros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / loop.exchanges;
		double wallMicros = (System.nanoTime() - start) / 1e3 / loop.exchanges;
		System.out.printf(Locale.ROOT, "window=%s exchanges=%d lost=%d cpu_us=%.2f wall_us=%.2f%n", args[1],
				loop.exchanges, loop.lost(), cpuMicros, wallMicros);
	}

	private void run(double seconds) throws IOException {
		this.exchanges = 0;
		long deadlineNanos = System.nanoTime() + (long) (seconds * 1e9);
		while (System.nanoTime() - deadlineNanos < 0) {
			this.selector.select(this::answered, 1);
		}
	}

	/** Those of the warm-up too that wait for longer than a second; no others have begun for them. */
	private long lost() {
		long now = System.nanoTime();
		return this.selector.keys().stream().filter((key) -> now - (Long) key.attachment() > 1e9).count();
	}

	private void begin() throws IOException {
		DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
		channel.configureBlocking(false);
		bind(channel);
		channel.connect(this.remote);
		channel.register(this.selector, SelectionKey.OP_READ, System.nanoTime());
		channel.write(ByteBuffer.allocate(LENGTH));
	}

	/** Other programs have some of the ports. */
	private void bind(DatagramChannel channel) throws IOException {
		while (channel.getLocalAddress() == null) {
			try {
				channel.bind(new InetSocketAddress(FIRST_PORT + this.port++ % PORTS));
			}
			catch (BindException _) {
				// The next one is tried.
			}
		}
	}

	private void answered(SelectionKey key) {
		try {
			DatagramChannel channel = (DatagramChannel) key.channel();
			if (channel.read(this.buffer.clear()) > 0) {
				key.cancel();
				channel.close();
				this.exchanges++;
				begin();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
