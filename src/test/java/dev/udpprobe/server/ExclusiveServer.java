package dev.udpprobe.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.List;

import dev.udpprobe.echo.EchoFixture;
import dev.udpprobe.echo.EchoFixture.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An exclusive server that sends back what it gets, and others that make its peers' hosts send
 * ICMP messages.
 */
final class ExclusiveServer implements AutoCloseable {

	private final ServerCounts counts = new ServerCounts();

	private final UdpServer server;

	private final UdpSocket socket;

	private final ReceiverLoop loop;

	private final Thread thread;

	/** Where it is asked. */
	private final InetAddress asked;

	private int visitorPort;

	/**
	 * @param asked an address of loopback
	 */
	ExclusiveServer(Transport transport, InetAddress bound, InetAddress asked) throws IOException {
		InetSocketAddress address = new InetSocketAddress(bound, 0);
		this.server = new UdpServer(new ServerSettings("test", "", List.of(address), true, 0, transport, 1),
				ExclusiveServer::answer, this.counts);
		this.socket = this.server.open(address, false);
		this.loop = new ReceiverLoop(this.socket, (_, _) -> {
			throw new IOException("it is of use for ever");
		}, this.server.service(), (batch) -> () -> {
			answer(batch);
			batch.send();
		});
		this.thread = Thread.ofPlatform().start(this.loop);
		this.asked = asked;
	}

	private static void answer(Batch batch) {
		for (int i = 0; i < batch.count(); i++) {
			batch.admit(i);
			if (batch.get(i).isOpen()) {
				batch.get(i).reply(0);
			}
		}
	}

	boolean isNative() {
		return this.server.isNative();
	}

	ServerCounts counts() {
		return this.counts;
	}

	/**
	 * Whether the last visitor has it.
	 */
	boolean isHeld() {
		return EchoFixture.isConnected(port(), this.visitorPort);
	}

	private int port() {
		return this.socket.address().getPort();
	}

	Client client(int localPort) throws IOException {
		return new Client(this.asked, port(), localPort);
	}

	/**
	 * Has a peer say some things, hear the replies, and close its socket.
	 * @return the peer's port
	 */
	int visited(String... payloads) throws IOException {
		try (Client client = client(0)) {
			for (String payload : payloads) {
				assertThat(client.ask(payload)).isEqualTo(payload);
			}
			this.visitorPort = client.port();
			await().until(this::isHeld);
			return this.visitorPort;
		}
	}

	/**
	 * Has the host of a peer that is gone refuse a datagram that came from the server's port, but
	 * not from the server.
	 */
	void refuse(int peerPort, String payload) throws IOException {
		this.socket.sharePort();
		try (DatagramSocket twin = new DatagramSocket(null)) {
			twin.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			twin.bind(new InetSocketAddress(this.asked, port()));
			byte[] bytes = EchoFixture.bytes(payload);
			twin.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(this.asked, peerPort)));
		}
	}

	@Override
	public void close() {
		this.loop.stop();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
