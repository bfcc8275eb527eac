package dev.udpprobe.echo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.integration.ip.udp.inbound.AbstractInternetProtocolReceivingChannelAdapter;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.config.EchoFlowConfiguration;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.Transport;
import dev.udpprobe.server.UdpServer;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The echo server's flow on a free port of loopback, and clients for it.
 */
public final class EchoFixture implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 10_000;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	public EchoFixture(EchoSettings settings) {
		this(settings, GuardSettings.OPEN);
	}

	EchoFixture(EchoSettings settings, GuardSettings guard) {
		this.context.registerBean(EchoSettings.class, () -> settings);
		this.context.registerBean("echoCounts", ServerCounts.class, () -> new ServerCounts(EchoDrop.values()));
		this.context.registerBean(Sessions.class,
				() -> new Sessions(settings.maxSessions(), settings.sessionIdle(), counts()));
		this.context.registerBean(Guard.class, () -> new Guard(guard, settings.greeting(), System.nanoTime()));
		this.context.register(EchoFlowConfiguration.class);
		this.context.refresh();
	}

	public static EchoFixture of(Transport transport, EchoMode mode, String greeting, Duration idle) {
		return new EchoFixture(settings(transport, loopback(0), mode, greeting, idle));
	}

	/**
	 * In mode shared, with the greeting Hi.
	 */
	public static EchoFixture of(Transport transport) {
		return of(transport, EchoMode.SHARED, "Hi, ", Duration.ofMinutes(1));
	}

	public static EchoSettings settings(Transport transport, InetSocketAddress address, EchoMode mode, String greeting,
			Duration idle) {
		return settings(transport, List.of(address), mode, greeting, idle, 1);
	}

	public static EchoFixture guarded(Transport transport, EchoMode mode, String greeting, GuardSettings guard) {
		return new EchoFixture(new EchoSettings(List.of(loopback(0)), bytes(greeting), bytes("goodbye"), mode,
				Duration.ofMinutes(1), 100, 0, transport, 1, List.of()), guard);
	}

	public static EchoFixture keyed(Transport transport, EchoMode mode, String... keys) {
		return new EchoFixture(new EchoSettings(List.of(loopback(0)), bytes("Hi, "), bytes("goodbye"), mode,
				Duration.ofMinutes(1), 100, 0, transport, 1, Stream.of(keys).map(SharedKey::of).toList()));
	}

	public static EchoSettings settings(Transport transport, List<InetSocketAddress> addresses, EchoMode mode,
			String greeting, Duration idle, int sockets) {
		return new EchoSettings(addresses, bytes(greeting), bytes("goodbye"), mode, idle, 100, 0, transport, sockets,
				List.of());
	}

	public static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	public ServerCounts counts() {
		return this.context.getBean(ServerCounts.class);
	}

	/**
	 * All sessions, the most recently seen first.
	 */
	public List<Session> peers() {
		try (Sessions.Walk walk = sessions().walk()) {
			return walk.next(1_000);
		}
	}

	public Sessions sessions() {
		return this.context.getBean(Sessions.class);
	}

	public AbstractInternetProtocolReceivingChannelAdapter adapter() {
		return this.context.getBean(AbstractInternetProtocolReceivingChannelAdapter.class);
	}

	public UdpServer server() {
		return this.context.getBean(UdpServer.class);
	}

	public int port() {
		return server().port();
	}

	/**
	 * Whether everything received is answered, was a farewell or was dropped.
	 */
	public boolean isBalanced() {
		ServerCounts counts = counts();
		return counts.received() == counts.replied() + counts.ended() + counts.dropped();
	}

	/**
	 * Waits until so many have been received and each is accounted for. A reply leaves before it is counted.
	 */
	public void awaitCounted(long received) {
		await().untilAsserted(() -> {
			assertThat(counts().received()).isEqualTo(received);
			assertThat(isBalanced()).isTrue();
		});
	}

	/**
	 * Whether the server has a connected socket ({@code proc_net(5)}: its state is 01).
	 */
	public boolean isConnected() {
		return isConnected(port());
	}

	/**
	 * Whether a socket on this port is connected.
	 */
	public static boolean isConnected(int port) {
		return isConnected(port, "\\p{XDigit}{4}");
	}

	/**
	 * Whether a socket on this port is connected to that one.
	 */
	public static boolean isConnected(int port, int peerPort) {
		return isConnected(port, "%04X".formatted(peerPort));
	}

	private static boolean isConnected(int port, String peerPort) {
		Pattern connected = Pattern.compile(":%04X \\p{XDigit}+:%s 01 ".formatted(port, peerPort));
		return Stream.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"))
				.anyMatch((table) -> connected.matcher(read(table)).find());
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Client client() throws IOException {
		return new Client(InetAddress.getLoopbackAddress(), port(), 0);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Whether nothing waits to be received. To be asked only when the server is known to
	 * have handled everything; loopback delivers at once.
	 */
	public static boolean hasNothing(DatagramSocket socket) throws IOException {
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

	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * A client that hears only the server, but of no refusal.
	 */
	public static final class Client implements AutoCloseable {

		private final DatagramSocket socket;

		private final InetSocketAddress server;

		public Client(InetAddress loopback, int serverPort, int localPort) throws IOException {
			this.server = new InetSocketAddress(loopback, serverPort);
			this.socket = new DatagramSocket(new InetSocketAddress(loopback, localPort));
			this.socket.setSoTimeout(PATIENCE_MILLIS);
		}

		public int port() {
			return this.socket.getLocalPort();
		}

		public void send(byte[] payload) throws IOException {
			this.socket.send(new DatagramPacket(payload, payload.length, this.server));
		}

		public void send(String text) throws IOException {
			send(bytes(text));
		}

		public byte[] receive() throws IOException {
			DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
			this.socket.receive(packet);
			assertThat(packet.getSocketAddress()).isEqualTo(this.server);
			return Arrays.copyOf(packet.getData(), packet.getLength());
		}

		public String ask(String text) throws IOException {
			send(text);
			return new String(receive(), StandardCharsets.UTF_8);
		}

		public boolean hasNothing() throws IOException {
			return EchoFixture.hasNothing(this.socket);
		}

		/**
		 * Frees the port at once.
		 */
		@Override
		public void close() {
			synchronized (Processes.START) {
				this.socket.close();
			}
		}

	}

}
