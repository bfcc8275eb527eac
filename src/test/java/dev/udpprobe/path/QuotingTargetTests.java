package dev.udpprobe.path;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A target whose answers are made to be much work neither confuses a trace nor keeps others from
 * their answers.
 */
class QuotingTargetTests {

	private static final int ANSWERS = 1_000;

	private static final int ANSWER = 2_048;

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final byte[] GREETING = {'H', 'i'};

	private final Random random = new Random(1);

	private final Queue<FlowDatagram> ended = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void requireDetail() {
		ExternalTool.requireKernelDetail();
	}

	private interface Answer {
		byte[] to(byte[] payload);
	}

	/**
	 * Answers so many at a time, the last first.
	 */
	private static DatagramSocket target(int atATime, Answer answer) throws IOException {
		DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		Thread.ofPlatform().daemon().name("target").start(() -> {
			try {
				while (true) {
					answer(socket, atATime, answer);
				}
			}
			catch (IOException _) {
				// It was closed.
			}
		});
		return socket;
	}

	private static void answer(DatagramSocket socket, int atATime, Answer answer) throws IOException {
		List<DatagramPacket> packets = new ArrayList<>();
		while (packets.size() < atATime) {
			DatagramPacket packet = new DatagramPacket(new byte[ANSWER], ANSWER);
			socket.receive(packet);
			packets.addFirst(packet);
		}
		for (DatagramPacket packet : packets) {
			byte[] bytes = answer.to(Arrays.copyOf(packet.getData(), packet.getLength()));
			socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
		}
	}

	/**
	 * The payload again and again, at any distance, the first time without its beginning.
	 */
	private byte[] quoting(byte[] payload) {
		ByteBuffer answer = ByteBuffer.allocate(ANSWER);
		int cut = this.random.nextInt(payload.length);
		answer.put(payload, cut, payload.length - cut);
		byte[] filler = " udp-probe ####123".getBytes(StandardCharsets.US_ASCII);
		while (answer.remaining() >= payload.length + filler.length) {
			answer.put(filler, 0, this.random.nextInt(filler.length)).put(payload);
		}
		return answer.array();
	}

	/**
	 * Text that begins again and again like what is looked for, and is not.
	 */
	private byte[] resembling() {
		StringBuilder answer = new StringBuilder();
		while (answer.length() < ANSWER - 50) {
			answer.append('#').append(this.random.nextInt(100)).append(" udp-probe ");
			answer.append(Long.toHexString(this.random.nextLong()), 0, this.random.nextInt(8)).append(' ');
		}
		return answer.toString().getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Traces until so many were answered, while somebody else asks another target.
	 */
	private void trace(int tries, Answer answer) throws Exception {
		Payloads payloads = new Payloads(null, null);
		try (DatagramSocket target = target(tries, answer);
				DatagramSocket other = target(1, (_) -> GREETING);
				ExchangeEngine engine = new ExchangeEngine(2, 1, KernelDetail.find(), DestinationRates.NONE);
				Flow flow = engine.open((InetSocketAddress) target.getLocalSocketAddress(), ExchangeOptions.CONNECTED,
						new FlowSettings(64, payloads, this.ended::add))) {
			InetSocketAddress address = (InetSocketAddress) other.getLocalSocketAddress();
			for (int i = 0; i < ANSWERS / tries; i++) {
				CompletableFuture<Exchange> exchange = engine.exchange(address, GREETING, LONG,
						ExchangeOptions.CONNECTED);
				List<Hop> hops = new ArrayList<>();
				new Trace(new Trace.Settings(1, 1, tries, LONG, LONG), payloads, () -> false).run(flow, hops::add);
				assertThat(hops).singleElement().returns(tries, Hop::sent).returns(0, Hop::lost);
				assertThat(exchange.get().outcome()).isInstanceOfSatisfying(Outcome.Replied.class,
						(replied) -> assertThat(replied.reply()).isEqualTo(GREETING));
			}
		}
		assertThat(this.ended).hasSize(ANSWERS);
	}

	private static String reply(FlowDatagram datagram) {
		return new String(((Outcome.Replied) datagram.outcome()).reply(), StandardCharsets.US_ASCII);
	}

	@Test
	void anAnswerThatQuotesThePayloadManyTimesIsOfItsDatagram() throws Exception {
		trace(20, this::quoting);
		assertThat(this.ended).allSatisfy((datagram) -> assertThat(reply(datagram)).hasSize(ANSWER)
				.contains("#" + datagram.key() + " udp-probe "));
		assertThat(this.ended).extracting(FlowDatagram::key).doesNotHaveDuplicates();
	}

	/** Nothing tells whose answer it is, so it is that of the one that waits. */
	@Test
	void anAnswerThatOnlyLooksLikeThePayloadIsOfTheOneThatWaits() throws Exception {
		Queue<String> answers = new ConcurrentLinkedQueue<>();
		trace(1, (_) -> {
			byte[] answer = resembling();
			answers.add(new String(answer, StandardCharsets.US_ASCII));
			return answer;
		});
		assertThat(this.ended.stream().map(QuotingTargetTests::reply)).containsExactlyElementsOf(answers);
	}

}
