package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.linux.BatchServer.Client;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers on sockets of this host, with the kernel to take messages apart and without.
 */
@ParameterizedClass(name = "segmenting: {0}")
@ValueSource(booleans = {true, false})
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class ReplyBatchTests {

	/** The longest that an answer may be, as IPv4 has it. */
	private static final int MAX_LENGTH = 65_507;

	/** {@code <linux/in6.h>}. */
	private static final int IPV6_MTU = 24;

	private static final int IPV6_DONTFRAG = 62;

	private static final int MIN_MTU = 1_280;

	private final BatchServer server = new BatchServer();

	ReplyBatchTests(boolean segmenting) throws IOException {
		this.server.channel().setOption(StandardSocketOptions.SO_RCVBUF, 1 << 22);
		this.server.replies().segmenting(segmenting && SocketOptions.segments(this.server.channel()));
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	/** Runs of one length, single ones among them, and runs longer than a message may be. */
	@Test
	void answersByteForByteInOrder() throws IOException {
		converse("127.0.0.1", 5, 5, 5, 0, 0, 0, 7, 5, 5, 6);
		converse("::1", 1_000, 1_000, 1_000, 1_001, 1_001, 999);
		converse("127.0.0.2", 20_000, 20_000, 20_000, 20_000, 20_000, 20_000, 20_000);
		converse("127.0.0.1", MAX_LENGTH - BatchServer.HEAD.length, MAX_LENGTH - BatchServer.HEAD.length, 1);
		converse("::1", 32_000, 32_000, 32_498, 32_498, 32_499, 32_499);
	}

	@Test
	void answersAWholeBatchOfOneLength() throws IOException {
		int[] lengths = new int[BatchServer.SLOTS];
		Arrays.fill(lengths, 64);
		converse("127.0.0.1", lengths);
		converse("::1", lengths);
	}

	private void converse(String address, int... lengths) throws IOException {
		Client client = this.server.client(address);
		for (int i = 0; i < lengths.length; i++) {
			client.send(BatchServer.random(i, lengths[i]));
		}
		assertThat(this.server.receive()).isEqualTo(lengths.length);
		assertThat(this.server.answer(lengths.length)).isZero();
		for (int i = 0; i < lengths.length; i++) {
			assertThat(client.receive()).isEqualTo(BatchServer.answerTo(BatchServer.random(i, lengths[i])));
		}
	}

	@Test
	void answersPeersInTurnsAndEachWhereItAsked() throws IOException {
		List<Client> clients = List.of(this.server.client("127.0.0.1"), this.server.client("::1"),
				this.server.client("127.0.0.2"), this.server.client("127.0.0.1"));
		for (int i = 0; i < 24; i++) {
			clients.get(i / 2 % 4).send(BatchServer.random(i, i / 3));
		}
		assertThat(this.server.receive()).isEqualTo(24);
		assertThat(this.server.answer(24)).isZero();
		for (int i = 0; i < 24; i++) {
			assertThat(clients.get(i / 2 % 4).receive())
					.isEqualTo(BatchServer.answerTo(BatchServer.random(i, i / 3)));
		}
	}

	@Test
	void onePeerThatIsGoneOrFullKeepsNothingFromTheOthers() throws IOException {
		Client gone = this.server.client("127.0.0.1");
		Client full = this.server.client("127.0.0.1");
		full.socket().setReceiveBufferSize(1);
		Client other = this.server.client("127.0.0.1");
		for (int i = 0; i < 10; i++) {
			gone.send(new byte[3]);
			gone.send(new byte[3]);
			full.send(new byte[3_000]);
			full.send(new byte[3_000]);
			other.send(BatchServer.random(i, 3));
		}
		gone.close();
		int count = this.server.receive();
		assertThat(count).isEqualTo(50);
		assertThat(this.server.answer(count)).isZero();
		for (int i = 0; i < 10; i++) {
			assertThat(other.receive()).isEqualTo(BatchServer.answerTo(BatchServer.random(i, 3)));
		}
	}

	@Test
	void saysWhichOneIsTooLongAndSendsTheOthers() throws IOException {
		Client client = this.server.client("127.0.0.1");
		for (int i = 0; i < 5; i++) {
			client.send(new byte[10]);
		}
		assertThat(this.server.receive()).isEqualTo(5);
		ReplyBatch replies = this.server.replies();
		int[] lengths = {12, 12, MAX_LENGTH + 1, 12, MAX_LENGTH};
		replies.clear();
		for (int i = 0; i < lengths.length; i++) {
			replies.answer(i, 0, lengths[i]);
		}
		assertThat(replies.send(this.server.channel(), false)).isOne();
		haveFailed(5, 2);
		assertThat(replies.failure()).hasMessage("Message too long");
		for (int length : new int[]{12, 12, 12, MAX_LENGTH}) {
			assertThat(client.receive()).hasSize(length);
		}
		converse("127.0.0.1", 10, 10);
	}

	@Test
	void slotsWithoutAnAnswerDoNotEndARun() throws IOException {
		Client client = this.server.client("127.0.0.1");
		for (int i = 0; i < 6; i++) {
			client.send(BatchServer.random(i, 10));
		}
		assertThat(this.server.receive()).isEqualTo(6);
		ReplyBatch replies = this.server.replies();
		replies.clear();
		for (int i = 1; i < 6; i += 2) {
			replies.answer(i, BatchServer.HEAD.length, 10);
		}
		assertThat(replies.send(this.server.channel(), false)).isZero();
		for (int i = 1; i < 6; i += 2) {
			assertThat(client.receive()).isEqualTo(BatchServer.random(i, 10));
		}
		replies.clear();
		assertThat(replies.send(this.server.channel(), false)).isZero();
	}

	/** The kernel makes fragments of a datagram, but none of a segment. */
	@Test
	void answersThatArePartsOfNoMessageLeaveOneByOne() throws IOException {
		set(IPV6_MTU, MIN_MTU);
		converse("::1", 100, 100, 2_000, 2_000, 2_000, 100, 100, 1_230, 1_230, 1_231, 1_231);
	}

	@Test
	void saysOfARunWhichOnesFailed() throws IOException {
		set(IPV6_MTU, MIN_MTU);
		set(IPV6_DONTFRAG, 1);
		Client client = this.server.client("::1");
		int[] lengths = {100, 100, 2_000, 2_000, 2_000, 100, 1_300, 99};
		for (int length : lengths) {
			client.send(new byte[length]);
		}
		assertThat(this.server.receive()).isEqualTo(lengths.length);
		assertThat(this.server.answer(lengths.length)).isEqualTo(4);
		haveFailed(lengths.length, 2, 3, 4, 6);
		for (int length : new int[]{100, 100, 100, 99}) {
			assertThat(client.receive()).hasSize(BatchServer.HEAD.length + length);
		}
	}

	private void haveFailed(int count, Integer... failed) {
		List<Integer> expected = List.of(failed);
		for (int i = 0; i < count; i++) {
			assertThat(this.server.replies().hasFailed(i)).as("answer %d", i).isEqualTo(expected.contains(i));
		}
	}

	private void set(int option, int value) {
		try (Arena arena = Arena.ofConfined()) {
			assertThat(SystemCalls.setsockopt(Descriptor.of(this.server.channel()), SocketOptions.IPPROTO_IPV6, option,
					arena.allocateFrom(JAVA_INT, value))).isZero();
		}
	}

}
