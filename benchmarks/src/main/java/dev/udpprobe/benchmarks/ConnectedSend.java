package dev.udpprobe.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@code connect()} saves per send: 64 bytes from a direct buffer over the loopback.
 *
 * <p>
 * The receiver is bound, and its queue is full: so every datagram takes the whole way to
 * the socket and is dropped there. A reader would be woken by some sends and not by others,
 * which costs more than what is to be measured; a closed port would answer with refusals,
 * which only the connected channel hears.
 *
 * <p>
 * Every send is timed, because the median (p0.50) stays what it is on a machine with other
 * work to do, which the mean does not.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ConnectedSend {

	private static final int LENGTH = 64;

	/** More of the shortest datagrams than the largest receive buffer of Linux' default holds. */
	private static final int FILL = 10_000;

	private final ByteBuffer payload = ByteBuffer.allocateDirect(LENGTH);

	private DatagramChannel receiver;

	private DatagramChannel connected;

	private DatagramChannel unconnected;

	private InetSocketAddress address;

	@Setup
	public void open() throws IOException {
		this.receiver = DatagramChannel.open(StandardProtocolFamily.INET)
				.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.address = (InetSocketAddress) this.receiver.getLocalAddress();
		this.connected = DatagramChannel.open(StandardProtocolFamily.INET).connect(this.address);
		this.unconnected = DatagramChannel.open(StandardProtocolFamily.INET)
				.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		for (int i = 0; i < FILL; i++) {
			writeConnected();
		}
	}

	@TearDown
	public void close() throws IOException {
		this.connected.close();
		this.unconnected.close();
		this.receiver.close();
	}

	@Benchmark
	public int writeConnected() throws IOException {
		return this.connected.write(this.payload.clear());
	}

	@Benchmark
	public int sendConnected() throws IOException {
		return this.connected.send(this.payload.clear(), this.address);
	}

	@Benchmark
	public int sendUnconnected() throws IOException {
		return this.unconnected.send(this.payload.clear(), this.address);
	}

}
