package dev.udpprobe.echo.flow;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import dev.udpprobe.echo.EchoCounts;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.echo.Sessions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The echo server's flow on a free port of loopback, and clients for it.
 */
final class EchoFixture implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 10_000;

	private final EchoCounts counts = new EchoCounts();

	private final Sessions sessions;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	EchoFixture(EchoSettings settings) {
		this.sessions = new Sessions(settings.maxSessions(), settings.sessionIdle(), this.counts);
		this.context.registerBean(EchoSettings.class, () -> settings);
		this.context.registerBean(EchoCounts.class, () -> this.counts);
		this.context.registerBean(Sessions.class, () -> this.sessions);
		this.context.register(EchoFlowConfiguration.class);
		this.context.refresh();
	}

	static EchoFixture shared() {
		return of(EchoMode.SHARED, "Hi, ", Duration.ofMinutes(1));
	}

	static EchoFixture exclusive(Duration idle) {
		return of(EchoMode.EXCLUSIVE, "Hi, ", idle);
	}

	static EchoFixture of(EchoMode mode, String greeting, Duration idle) {
		return new EchoFixture(
				settings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), mode, greeting, idle));
	}

	static EchoSettings settings(InetSocketAddress address, EchoMode mode, String greeting, Duration idle) {
		return new EchoSettings(address, bytes(greeting), bytes("goodbye"), mode, idle, 100, 0);
	}

	EchoCounts counts() {
		return this.counts;
	}

	Sessions sessions() {
		return this.sessions;
	}

	EchoInboundAdapter adapter() {
		return this.context.getBean(EchoInboundAdapter.class);
	}

	/**
	 * Whether everything received is answered, was a farewell or was dropped.
	 */
	boolean isBalanced() {
		return this.counts.received() == this.counts.replied() + this.counts.farewells() + this.counts.dropped();
	}

	Client client() throws IOException {
		return new Client(InetAddress.getLoopbackAddress(), adapter().getPort(), 0);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Whether nothing waits to be received. To be asked only when the server is known to
	 * have handled everything; loopback delivers at once.
	 */
	static boolean hasNothing(DatagramSocket socket) throws IOException {
		int patience = socket.getSoTimeout();
		socket.setSoTimeout(1);
		try {
			socket.receive(new DatagramPacket(new byte[1], 1));
			return false;
		}
		catch (SocketTimeoutException _) {
			return true;
		}
		finally {
			socket.setSoTimeout(patience);
		}
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * A client that hears only the server, but of no refusal.
	 */
	static final class Client implements AutoCloseable {

		private final DatagramSocket socket;

		private final InetSocketAddress server;

		Client(InetAddress loopback, int serverPort, int localPort) throws IOException {
			this.server = new InetSocketAddress(loopback, serverPort);
			this.socket = new DatagramSocket(new InetSocketAddress(loopback, localPort));
			this.socket.setSoTimeout(PATIENCE_MILLIS);
		}

		int port() {
			return this.socket.getLocalPort();
		}

		void send(byte[] payload) throws IOException {
			this.socket.send(new DatagramPacket(payload, payload.length, this.server));
		}

		void send(String text) throws IOException {
			send(bytes(text));
		}

		byte[] receive() throws IOException {
			DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
			this.socket.receive(packet);
			assertThat(packet.getSocketAddress()).isEqualTo(this.server);
			return Arrays.copyOf(packet.getData(), packet.getLength());
		}

		String ask(String text) throws IOException {
			send(text);
			return new String(receive(), StandardCharsets.UTF_8);
		}

		boolean hasNothing() throws IOException {
			return EchoFixture.hasNothing(this.socket);
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
