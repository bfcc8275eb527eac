package dev.udpprobe.web;

import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import dev.udpprobe.web.Http.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Those who ask the same at the same time share one question. The service has one exchange at a time, so a question of its own would be
 * turned away.
 */
@Isolated("counts requests by the threads of the JVM")
class SharedCheckTests extends HttpTests {

	/** A thread of a request that has joined the others. */
	private static final Pattern WAITING = Pattern
			.compile("probe\\.Await\\.result\\([^\"]*\",\\s*\"[^\"]*web\\.CheckController\\.check\\(");

	@Test
	void fiftyThatAskTheSameSendOneDatagram(@TempDir Path directory) throws Exception {
		try (UdpPeer peer = UdpPeer.silent(); ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			double before = sent();
			List<Future<Answer>> answers = IntStream.range(0, 50)
					.mapToObj((_) -> executor.submit(() -> this.http.get(check(peer))))
					.toList();
			DatagramPacket question = peer.receive();
			awaitWaiting(50, directory);
			peer.send("Hi, hello", question.getSocketAddress());
			for (Future<Answer> answer : answers) {
				assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
			}
			assertThat(sent() - before).isEqualTo(1);
		}
	}

	@Test
	void anotherQuestionIsNotShared(@TempDir Path directory) throws Exception {
		try (UdpPeer peer = UdpPeer.silent(); ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Answer> first = executor.submit(() -> this.http.get(check(peer)));
			DatagramPacket question = peer.receive();
			for (String other : List.of(check(peer) + "&module.word=adieu", check(peer) + "&timeout=7s",
					"/check?module=echo&target=" + peer.address(), "/check?module=word&target=silent")) {
				assertSaturated(other);
			}
			Future<Answer> same = executor
					.submit(() -> this.http.get("/check?target=127.0.0.1%3A" + peer.port() + "&module=word"));
			awaitWaiting(2, directory);
			peer.send("Hi, hello", question.getSocketAddress());
			assertThat(first.get().status()).isEqualTo(200);
			assertThat(same.get().status()).isEqualTo(200);
		}
	}

	@Test
	void noResultIsRemembered() throws Exception {
		try (UdpPeer peer = UdpPeer.silent(); ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (String said : List.of("Hi, adieu", "Hi, hello", "Hi, adieu")) {
				Future<Answer> answer = executor.submit(() -> this.http.get(check(peer)));
				peer.send(said, peer.receive().getSocketAddress());
				assertThat(answer.get().status()).isEqualTo(said.equals("Hi, hello") ? 200 : 503);
			}
			Future<Answer> other = executor.submit(() -> this.http.get(check(peer) + "&module.word=7"));
			DatagramPacket question = peer.receive();
			assertSaturated(check(peer));
			peer.send("Hi, hello", question.getSocketAddress());
			assertThat(other.get().status()).isEqualTo(200);
			Future<Answer> again = executor.submit(() -> this.http.get(check(peer)));
			peer.send("Hi, hello", peer.receive().getSocketAddress());
			assertThat(again.get().status()).isEqualTo(200);
		}
	}

	@Test
	void theOneThatAskedFirstMayLeave(@TempDir Path directory) throws Exception {
		try (UdpPeer peer = UdpPeer.silent(); ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			double before = sent();
			RawRequest first = new RawRequest(this.port, "GET " + check(peer));
			DatagramPacket question = peer.receive();
			Future<Answer> second = executor.submit(() -> this.http.get(check(peer)));
			awaitWaiting(2, directory);
			first.close();
			peer.send("Hi, hello", question.getSocketAddress());
			assertThat(second.get().status()).isEqualTo(200);
			assertThat(sent() - before).isEqualTo(1);
		}
	}

	private static String check(UdpPeer peer) {
		return "/check?module=word&target=" + peer.address();
	}

	private void assertSaturated(String path) throws Exception {
		assertThat(this.http.get(path).problem(503)).as(path).containsEntry("title", "saturated");
	}

	private double sent() throws Exception {
		return this.http.sum("udp_client_datagrams_sent_total");
	}

	private static void awaitWaiting(int requests, Path directory) {
		HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		await().untilAsserted(() -> {
			Path dump = Files.createTempDirectory(directory, "").resolve("threads.json");
			jvm.dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
			assertThat(WAITING.matcher(Files.readString(dump)).results()).hasSize(requests);
		});
	}

}
