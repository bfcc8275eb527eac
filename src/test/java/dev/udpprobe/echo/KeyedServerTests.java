package dev.udpprobe.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.auth.Signing;
import dev.udpprobe.echo.EchoFixture.Client;
import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.EachTransport;
import dev.udpprobe.server.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An echo server that has a key answers who has it, too.
 */
@EachTransport
class KeyedServerTests {

	private final Transport transport;

	KeyedServerTests(Transport transport) {
		this.transport = transport;
	}

	private static final byte[] HELLO = EchoFixture.bytes("hello");

	private static byte[] signed(byte[] message) {
		return Signing.signed(Signing.KEY, message);
	}

	/**
	 * Asserts that the datagrams are dropped for the reason, that nothing comes back, and no
	 * session begins.
	 */
	private static void assertDropped(EchoFixture echo, Client client, DropReason reason, byte[]... datagrams)
			throws IOException {
		long before = echo.counts().droppedFor(reason);
		for (byte[] datagram : datagrams) {
			client.send(datagram);
		}
		await().pollInterval(Duration.ofMillis(1))
				.until(() -> echo.counts().droppedFor(reason) == before + datagrams.length && echo.isBalanced());
		assertThat(client.hasNothing()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void answersWithTheMessageAlone(EchoMode mode) throws IOException {
		try (EchoFixture echo = EchoFixture.keyed(this.transport, mode, Signing.KEY); Client client = echo.client()) {
			for (int length : new int[]{5, 0, 1, 0, 1_400, 65_475, 3}) {
				byte[] message = new byte[length];
				new Random(length).nextBytes(message);
				client.send(signed(message));
				assertThat(client.receive()).isEqualTo(
						ByteBuffer.allocate(4 + length).put(EchoFixture.bytes("Hi, ")).put(message).array());
			}
			echo.awaitCounted(7);
			assertThat(echo.counts().replied()).isEqualTo(7);
			// The bytes of the replies are counted last.
			await().untilAsserted(() -> assertThat(echo.counts().bytesReceived() - echo.counts().bytesReplied())
					.isEqualTo(7 * (32 - 4)));
			assertThat(echo.peers()).singleElement()
					.satisfies((session) -> assertThat(session.bytes()).isEqualTo(echo.counts().bytesReceived()));
		}
	}

	@ParameterizedTest
	@EnumSource
	void dropsWhatIsNotSignedWithItsKey(EchoMode mode) throws IOException {
		try (EchoFixture echo = EchoFixture.keyed(this.transport, mode, Signing.KEY); Client client = echo.client()) {
			byte[] signed = signed(HELLO);
			assertDropped(echo, client, EchoDrop.UNAUTHENTICATED, new byte[0], HELLO, EchoFixture.bytes("goodbye"),
					new byte[31], new byte[32],
					new byte[65_507], Arrays.copyOf(signed, signed.length - 1), Arrays.copyOf(signed, 38),
					Arrays.copyOfRange(signed, 1, signed.length), Signing.signed("another key, as long", HELLO));
			assertThat(echo.sessions().size()).isZero();
			client.send(signed);
			assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, hello"));
		}
	}

	@Test
	void dropsADatagramOfWhichAnyBitWasChanged() throws IOException {
		try (EchoFixture echo = EchoFixture.keyed(this.transport, EchoMode.SHARED, Signing.KEY);
				Client client = echo.client()) {
			byte[] signed = signed(HELLO);
			for (int i = 0; i < signed.length; i++) {
				byte[][] changed = new byte[Byte.SIZE][];
				for (int bit = 0; bit < Byte.SIZE; bit++) {
					changed[bit] = signed.clone();
					changed[bit][i] ^= (byte) (1 << bit);
				}
				assertDropped(echo, client, EchoDrop.UNAUTHENTICATED, changed);
			}
			assertThat(echo.sessions().size()).isZero();
		}
	}

	@Test
	void dropsWhatWasSignedTooLongAgoOrTooFarAhead() throws IOException {
		try (EchoFixture echo = EchoFixture.keyed(this.transport, EchoMode.SHARED, Signing.KEY);
				Client client = echo.client()) {
			assertDropped(echo, client, EchoDrop.STALE,
					Signing.signed(Signing.KEY, HELLO, Duration.ofSeconds(-31)),
					Signing.signed(Signing.KEY, HELLO, Duration.ofSeconds(40)),
					Signing.signed(Signing.KEY, HELLO, Duration.ofDays(-365)));
			assertThat(echo.sessions().size()).isZero();
			client.send(Signing.signed(Signing.KEY, HELLO, Duration.ofSeconds(-20)));
			assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, hello"));
			client.send(Signing.signed(Signing.KEY, HELLO, Duration.ofSeconds(20)));
			assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, hello"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void dropsAReplayWhoeverSendsIt(EchoMode mode) throws IOException {
		try (EchoFixture echo = EchoFixture.keyed(this.transport, mode, Signing.KEY);
				Client client = echo.client();
				Client other = echo.client()) {
			byte[] signed = signed(HELLO);
			byte[] farewell = signed(EchoFixture.bytes("goodbye"));
			client.send(signed);
			assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, hello"));
			assertDropped(echo, client, EchoDrop.REPLAYED, signed, signed);
			client.send(farewell);
			await().until(() -> echo.counts().ended() == 1 && echo.sessions().size() == 0);
			// In exclusive mode it may not be the other's turn yet.
			Client again = (mode == EchoMode.SHARED) ? other : client;
			assertDropped(echo, again, EchoDrop.REPLAYED, signed, farewell);
			assertThat(echo.sessions().size()).isZero();
			assertThat(echo.counts().ended()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void answersWhoHasEitherOfTwoKeys(EchoMode mode) throws IOException {
		List<String> keys = List.of(Signing.KEY, "another key, as long");
		try (EchoFixture echo = EchoFixture.keyed(this.transport, mode, keys.toArray(String[]::new));
				Client client = echo.client()) {
			List<byte[]> all = keys.stream().map((key) -> Signing.signed(key, HELLO)).toList();
			for (byte[] signed : all) {
				client.send(signed);
				assertThat(client.receive()).isEqualTo(EchoFixture.bytes("Hi, hello"));
			}
			assertDropped(echo, client, EchoDrop.REPLAYED, all.toArray(byte[][]::new));
			assertDropped(echo, client, EchoDrop.UNAUTHENTICATED, Signing.signed("a third key, as long", HELLO));
			assertThat(echo.counts().replied()).isEqualTo(2);
		}
	}

	@Test
	void whoHasNoKeyDoesNotKeepTheServerFromOthers() throws IOException {
		try (EchoFixture echo = EchoFixture.keyed(this.transport, EchoMode.EXCLUSIVE, Signing.KEY);
				Client stranger = echo.client();
				Client client = echo.client()) {
			assertDropped(echo, stranger, EchoDrop.UNAUTHENTICATED, HELLO);
			await().until(() -> {
				client.send(signed(HELLO));
				return !client.hasNothing();
			});
			// More than one was sent, perhaps, and a session that is seen again may be missing from a walk.
			await().untilAsserted(() -> assertThat(echo.peers()).singleElement()
					.satisfies((session) -> assertThat(session.peer().getPort()).isEqualTo(client.port())));
		}
	}

	@Test
	void theFarewellAndTheLongestReplyAreOfTheMessage() throws IOException {
		try (EchoFixture echo = EchoFixture.keyed(this.transport, EchoMode.SHARED, Signing.KEY);
				Client client = echo.client()) {
			client.send(signed(EchoFixture.bytes("goodbye, all")));
			await().until(() -> echo.counts().ended() == 1);
			assertThat(client.hasNothing()).isTrue();
			client.send(signed(new byte[65_475]));
			assertThat(client.receive()).hasSize(65_479);
			assertThat(echo.counts().dropped()).isZero();
		}
	}

}
