package dev.udpprobe.module;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.FreePorts;
import dev.udpprobe.testing.RealServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What unbound says. It knows one zone and refuses another. The only server to ask for the rest is one that it must not ask.
 */
@Execution(ExecutionMode.CONCURRENT)
class DnsServerTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path directory;

	private static int port;

	private static @Nullable ExternalTool unbound;

	@BeforeAll
	static void start() throws IOException {
		port = FreePorts.udp();
		unbound = RealServer.DNS.start(directory, port, """
				nsid: "ascii_here"
				local-zone: "example.test." static
				local-data: "www.example.test. 300 A 192.0.2.7"
				local-data: "www.example.test. 300 A 192.0.2.8"
				local-data: "example.test. 900 SOA ns.example.test. admin.example.test. 2024010101 2 3 4 5"
				local-data: "example.test. 900 MX 10 mail.example.test."
				local-zone: "refused.test." refuse
				forward-zone:
					name: "."
					forward-addr: 127.0.0.1
				""");
		await().atMost(Duration.ofSeconds(20)).ignoreExceptionsInstanceOf(IOException.class)
				.until(() -> ask("type", "A").containsKey("rcode"));
	}

	@AfterAll
	static void stop() {
		if (unbound != null) {
			unbound.close();
		}
	}

	@Test
	void answers() throws IOException {
		SequencedMap<String, FieldValue> fields = ask("name", "WWW.example.test", "nsid", "true");
		assertThat(fields).containsEntry("rcode", new FieldValue.Code(0, "NOERROR"))
				.containsEntry("authoritative", new FieldValue.Number(1))
				.containsEntry("answers", new FieldValue.Number(2))
				.containsEntry("ttl", new FieldValue.Number(300))
				.containsEntry("nsid", new FieldValue.Text("here"))
				.doesNotContainKey("malformed");
		assertThat(records(fields)).containsExactlyInAnyOrder("WWW.example.test. 300 IN A 192.0.2.7",
				"WWW.example.test. 300 IN A 192.0.2.8");
	}

	@Test
	void answersWithOtherTypes() throws IOException {
		assertThat(records(ask("name", "example.test", "type", "MX")))
				.containsExactly("example.test. 900 IN MX 10 mail.example.test.");
		assertThat(ask("name", "example.test", "type", "SOA")).containsEntry("serial",
				new FieldValue.Number(2024010101));
		assertThat(records(ask("name", "version.server", "type", "TXT", "class", "CH"))).singleElement().asString()
				.startsWith("version.server. 0 CH TXT \"unbound ");
	}

	@Test
	void knowsNoSuchName() throws IOException {
		assertThat(ask("name", "none.example.test")).containsEntry("rcode", new FieldValue.Code(3, "NXDOMAIN"))
				.containsEntry("answer", new FieldValue.Texts(List.of()))
				.containsEntry("serial", new FieldValue.Number(2024010101));
	}

	@Test
	void refuses() throws IOException {
		assertThat(ask("name", "refused.test", "size", "0")).containsEntry("rcode", new FieldValue.Code(5, "REFUSED"));
	}

	@Test
	void fails() throws IOException {
		assertThat(ask("name", "www.example.org", "dnssec", "true")).containsEntry("rcode",
				new FieldValue.Code(2, "SERVFAIL"));
	}

	private static List<String> records(SequencedMap<String, FieldValue> fields) {
		return (fields.get("answer") instanceof FieldValue.Texts(List<String> records)) ? records : List.of();
	}

	private static SequencedMap<String, FieldValue> ask(String... settings) throws IOException {
		Codec.Message message = DnsSamples.message(settings);
		byte[] query = message.next();
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.connect(InetAddress.getLoopbackAddress(), port);
			socket.setSoTimeout(10_000);
			socket.send(new DatagramPacket(query, query.length));
			DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
			socket.receive(packet);
			SequencedMap<String, FieldValue> fields = message.answer(query,
					Arrays.copyOf(packet.getData(), packet.getLength()));
			if (fields == null) {
				throw new AssertionError("It is taken for a stray.");
			}
			return fields;
		}
	}

}
