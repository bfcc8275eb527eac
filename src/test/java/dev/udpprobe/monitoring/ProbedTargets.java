package dev.udpprobe.monitoring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;

import dev.udpprobe.web.UdpPeer;

/**
 * The targets of docs/prometheus, here: node1 is the echo server, node2 refuses, ntp is silent, and the name servers have the
 * serials 1 and 2.
 */
final class ProbedTargets implements AutoCloseable {

	private static final Pattern LIST = Pattern.compile("(?<=```json\n).*?(?=```)", Pattern.DOTALL);

	private final UdpPeer[] nameServers = {UdpPeer.answering((query) -> answer(query, 1)),
			UdpPeer.answering((query) -> answer(query, 2))};

	private final HttpServer inventory;

	private final Map<String, String> addresses;

	ProbedTargets(int service, int echo) throws IOException {
		this.inventory = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.addresses = Map.of("localhost:8080", "127.0.0.1:" + service, "inventory.example",
				"127.0.0.1:" + this.inventory.getAddress().getPort(), "node1.example:7007", "127.0.0.1:" + echo,
				"node2.example:7007", MonitoredTests.REFUSING.address(), "ntp.example",
				MonitoredTests.SILENT.address(), "ns1.example", this.nameServers[0].address(), "ns2.example",
				this.nameServers[1].address());
		byte[] list = here(list()).getBytes(StandardCharsets.UTF_8);
		this.inventory.createContext("/udp-targets", (exchange) -> {
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, list.length);
			exchange.getResponseBody().write(list);
			exchange.close();
		});
		this.inventory.start();
	}

	/**
	 * What the document says that a server lists.
	 */
	private static String list() {
		return LIST.matcher(ScrapeFiles.text(MonitoringFiles.PROBES.document()))
				.results()
				.map(MatchResult::group)
				.findFirst()
				.orElseThrow();
	}

	/**
	 * @return the jobs of all scrape configurations, as they are but for addresses
	 */
	String jobs(Path directory) throws IOException {
		Files.writeString(directory.resolve("targets.yaml"),
				here(ScrapeFiles.text(ScrapeFiles.DIRECTORY.resolve("targets.yaml"))));
		return here(ScrapeFiles.jobsAsText());
	}

	private String here(String text) {
		String changed = text;
		for (Map.Entry<String, String> address : this.addresses.entrySet()) {
			changed = changed.replace(address.getKey(), address.getValue());
		}
		return changed;
	}

	/**
	 * The name of a target in the documents.
	 */
	String nameOf(String address) {
		return this.addresses.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().equals(address))
				.map((entry) -> entry.getKey().replaceFirst("\\.example.*", ""))
				.findFirst()
				.orElse(address);
	}

	/**
	 * @return the record SOA of example. (RFC 1035 4.1, 3.3.13); of nothing else
	 */
	private static byte[] answer(byte[] query, int serial) {
		int end = 12;
		while (query[end] != 0) {
			end += query[end] + 1;
		}
		int question = end + 5 - 12;
		if (!new String(query, 12, question, StandardCharsets.ISO_8859_1).equals("\7example\0\0\6\0\1")) {
			return new byte[0];
		}
		int rest = 20;
		return ByteBuffer.allocate(12 + question + 12 + 2 + rest)
				.putShort(ByteBuffer.wrap(query).getShort())
				.putShort((short) 0x8400)
				.putShort((short) 1)
				.putShort((short) 1)
				.putInt(0)
				.put(query, 12, question)
				.putShort((short) 0xC00C)
				.putShort((short) 6)
				.putShort((short) 1)
				.putInt(60)
				.putShort((short) (2 + rest))
				.putShort((short) 0)
				.putInt(serial)
				.array();
	}

	@Override
	public void close() {
		this.inventory.stop(0);
		for (UdpPeer server : this.nameServers) {
			server.close();
		}
	}

}
