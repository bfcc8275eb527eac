package dev.udpprobe.module;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.testing.Processes;

/**
 * A server on a port of 127.0.0.1 that answers as the specification of a protocol has it, for protocols of which there is no real
 * server to test with.
 */
public final class SampleServer implements AutoCloseable {

	private final DatagramSocket socket;

	private final @Nullable Sample sample;

	/** Those who were asked for more. */
	private final Set<SocketAddress> asked = new HashSet<>();

	private SampleServer(DatagramSocket socket, @Nullable Sample sample) {
		this.socket = socket;
		this.sample = sample;
	}

	/**
	 * @param module by which it is asked; where there is no sample of it, the server says nothing
	 */
	public static SampleServer start(String module, int port) throws IOException {
		SampleServer server = new SampleServer(new DatagramSocket(port, InetAddress.ofLiteral("127.0.0.1")),
				Sample.all().stream().filter((sample) -> sample.module().equals(module)).findFirst().orElse(null));
		Thread.ofPlatform().daemon().name("sample server").start(server::run);
		return server;
	}

	private void run() {
		try {
			while (true) {
				DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
				this.socket.receive(packet);
				byte[] answer = answer(packet.getSocketAddress(), Arrays.copyOf(packet.getData(), packet.getLength()));
				if (answer != null) {
					this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
				}
			}
		}
		catch (IOException _) {
			// Closed.
		}
	}

	private byte @Nullable [] answer(SocketAddress client, byte[] request) {
		byte[] before = (this.sample != null) ? this.sample.before(request) : null;
		if (before != null && this.asked.add(client)) {
			return before;
		}
		this.asked.remove(client);
		return (this.sample != null) ? this.sample.bytes(request) : null;
	}

	@Override
	public void close() {
		synchronized (Processes.START) {
			this.socket.close();
		}
	}

}
