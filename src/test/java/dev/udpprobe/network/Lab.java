package dev.udpprobe.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.util.FileSystemUtils;

import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.RealServer;

/**
 * A client, three routers and a server in a row, each a network namespace, that speak
 * IPv4 and IPv6. The routers say all they have to say: no limit is on their ICMP.
 *
 * <p>
 * What a test changes here lasts until {@link #restore}.
 */
final class Lab implements AutoCloseable {

	/** Where the server sends back what it gets. */
	static final int ECHO = 7;

	/** Where the server answers with the sender's address. */
	static final int MIRROR = 8;

	/** Where the service itself answers that is started for a test. */
	static final int OWN = 7007;

	/** Where nobody listens. */
	static final int CLOSED = 9;

	static final int MTU = 1500;

	/** Beside those of the modes. */
	private static final int MONITOR_HTTP = 8082;

	private final Map<Node, Namespace> nodes = new EnumMap<>(Node.class);

	private final Map<Mode, Service> services = new EnumMap<>(Mode.class);

	private final Deque<Runnable> closing = new ArrayDeque<>();

	private final Deque<Runnable> undoing = new ArrayDeque<>();

	private final Path directory;

	/**
	 * Skips or fails the test where there can be no such lab.
	 */
	Lab() throws Exception {
		ExternalTool.require(System.getProperty("os.name", "").equals("Linux"), "only Linux has network namespaces");
		ExternalTool.require(ProcessHandle.current().info().user().filter("root"::equals).isPresent(),
				"only root may make network namespaces");
		List.of("ip", "nft", "socat").forEach(ExternalTool::find);
		this.directory = Files.createTempDirectory("udp-probe-lab");
		boolean built = false;
		try {
			build();
			built = true;
		}
		finally {
			if (!built) {
				close();
			}
		}
	}

	private void build() throws IOException {
		for (Node node : Node.values()) {
			Namespace namespace = new Namespace(
					"udp-probe-%d-%s".formatted(ProcessHandle.current().pid(), node.label()));
			require(namespace.create());
			this.closing.push(namespace::close);
			require(namespace.check());
			this.nodes.put(node, namespace);
		}
		Wiring.connect(this.nodes);
		ExternalTool peers = node(Node.S).start(Java.command(List.of(), Peers.class));
		this.closing.push(peers::close);
		for (Mode mode : Mode.values()) {
			Service service = new Service(mode, node(Node.C), this.directory);
			this.closing.push(service::close);
			this.services.put(mode, service);
		}
		if (!Peers.READY.equals(peers.output().readLine())) {
			throw new IOException("the peers do not start");
		}
		this.services.values().forEach(Service::awaitReady);
	}

	private static void require(Command.Result tried) {
		ExternalTool.require(tried.status() == 0,
				"no network namespaces are available here: " + tried.output().strip());
	}

	Namespace node(Node node) {
		return Objects.requireNonNull(this.nodes.get(node));
	}

	Service service(Mode mode) {
		return Objects.requireNonNull(this.services.get(mode));
	}

	/**
	 * Starts the service at the server until the end of the test, with an echo server at
	 * {@link #OWN} of all addresses unless the arguments say otherwise.
	 */
	Service echo(Transport transport, String... arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of("--udp-probe.echo.port=" + OWN,
				"--udp-probe.echo.transport=" + transport));
		all.addAll(List.of(arguments));
		Service service = new Service("echo", Mode.NATIVE, Mode.NATIVE.httpPort(), node(Node.S), this.directory,
				all.toArray(String[]::new));
		this.undoing.push(service::close);
		service.awaitReady();
		return service;
	}

	/**
	 * Starts the service at the client with a monitor until the end of the test, beside those that ask.
	 */
	Service monitor(String... arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of("--udp-probe.echo.enabled=false"));
		all.addAll(List.of(arguments));
		Service service = new Service("monitor", Mode.NATIVE, MONITOR_HTTP, node(Node.C), this.directory,
				all.toArray(String[]::new));
		this.undoing.push(service::close);
		service.awaitReady();
		return service;
	}

	/**
	 * Starts a server of Debian at the server until the end of the test, if it is not ended before.
	 */
	ExternalTool server(RealServer server, int port) throws IOException {
		Path files = Files.createTempDirectory(this.directory, server.name());
		ExternalTool started = node(Node.S).startLogging(files.resolve("log"),
				server.command(files, Family.IPV4.address(Place.S), port).toArray(String[]::new));
		this.undoing.push(started::close);
		return started;
	}

	/**
	 * Has nftables do something at a node until the end of the test.
	 * @param chains of a table that is for both families
	 */
	void nft(Node node, String chains) {
		node(node).nft(chains);
		this.undoing.push(() -> node(node).nft(""));
	}

	/**
	 * Has nftables do something to what a router forwards until the end of the test.
	 * @param rules one in a line
	 */
	void forwarding(Node router, String rules) {
		nft(router, "chain forward { type filter hook forward priority 0;%n%s%n}".formatted(rules));
	}

	/**
	 * Counts packets that come to a node, until the end of the test.
	 * @param match what nftables are to count
	 */
	void count(Node node, String match) {
		nft(node, """
				counter seen { }
				chain prerouting { type filter hook prerouting priority 0; %s counter name seen; }
				""".formatted(match));
	}

	/**
	 * @return how many have come
	 */
	int counted(Node node) {
		String counter = node(node).run("nft", "list", "counter", "inet", "lab", "seen");
		return Integer.parseInt(counter.replaceAll("(?s).*packets ([0-9]+) .*", "$1"));
	}

	/**
	 * Limits a node's ICMP as Linux does by default, until the end of the test.
	 */
	void limitIcmp(Node node) {
		node(node).sysctl(Wiring.LIMITED);
		this.undoing.push(() -> node(node).sysctl(Wiring.UNLIMITED));
	}

	/**
	 * Makes the link between the second router and the third one narrow until the end of the
	 * test.
	 * @param mtu bytes of an IP packet, from 1280, which IPv6 requires
	 */
	void narrow(int mtu) {
		link(mtu);
		this.undoing.push(() -> {
			link(MTU);
			// They may have learnt it.
			node(Node.C).flushRoutes();
			node(Node.S).flushRoutes();
		});
	}

	private void link(int mtu) {
		node(Node.R2).ip("link set r3 mtu " + mtu);
		node(Node.R3).ip("link set r2 mtu " + mtu);
	}

	/**
	 * Executes commands of {@code ip(8)} at a node, and others at the end of the test.
	 */
	void ip(Node node, String commands, String undo) {
		node(node).ip(commands);
		this.undoing.push(() -> node(node).ip(undo));
	}

	/**
	 * Starts a name server at a node until the end of the test, which the programs that start
	 * there ask. Names are in the domain {@code test}.
	 * @param records a name and its address each, with a comma between
	 */
	void names(Node node, String... records) throws IOException {
		List<String> command = new ArrayList<>(List.of(ExternalTool.find("dnsmasq"), "--keep-in-foreground",
				"--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--listen-address=127.0.0.1",
				"--bind-interfaces", "--user=", "--pid-file", "--local=/test/"));
		List.of(records).forEach((hostRecord) -> command.add("--host-record=" + hostRecord));
		this.undoing.push(node(node).start(command.toArray(String[]::new))::close);
		this.undoing.push(node(node)::hostsNameServer);
		node(node).nameServer("127.0.0.1");
	}

	/**
	 * Takes back what a test has changed.
	 */
	void restore() {
		while (!this.undoing.isEmpty()) {
			this.undoing.pop().run();
		}
	}

	@Override
	public void close() throws IOException {
		RuntimeException failure = null;
		while (!this.closing.isEmpty()) {
			try {
				this.closing.pop().run();
			}
			catch (RuntimeException ex) {
				failure = ex;
			}
		}
		FileSystemUtils.deleteRecursively(this.directory);
		if (failure != null) {
			throw failure;
		}
	}

}
