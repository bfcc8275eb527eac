package dev.udpprobe.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class VerifierTests {

	private static final long NOW_MILLIS = 1_700_000_000_000L;

	private static final long NOW = NOW_MILLIS * 1_000;

	private static final byte[] KEY = bytes(Signing.KEY);

	private final Verifier verifier = new Verifier(List.of(SharedKey.of(Signing.KEY)), () -> NOW_MILLIS);

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] datagram(String message, long micros, long nonce) {
		byte[] bytes = bytes(message);
		return Signing.tagged(KEY,
				ByteBuffer.allocate(bytes.length + 16).put(bytes).putLong(micros).putLong(nonce).array());
	}

	private Verifier.Result verify(byte[] datagram) {
		return this.verifier.verify(ByteBuffer.wrap(datagram));
	}

	/**
	 * RFC 4231, cases 2, 4 and 5, the last of which is the one with truncation. The last 16
	 * bytes of their data are time and nonce here.
	 */
	@ParameterizedTest
	@CsvSource({"4a656665,7768617420646f2079612077616e7420666f72206e6f7468696e673f,5bdcc146bf60754e6a042426089575c7",
			"0102030405060708090a0b0c0d0e0f10111213141516171819,"
					+ "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd,"
					+ "82558a389a443c0ea4cc819899f2083a",
			"0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c,546573742057697468205472756e636174696f6e,"
					+ "a3b6167473100ee06e0c796c2955552b"})
	void takesTheVectorsOfTheRfc(String key, String data, String tag) {
		byte[] content = HexFormat.of().parseHex(data);
		long micros = ByteBuffer.wrap(content).getLong(content.length - 16);
		String text = new String(HexFormat.of().parseHex(key), StandardCharsets.US_ASCII);
		Verifier then = new Verifier(List.of(SharedKey.of(text)), () -> micros / 1_000);
		byte[] datagram = HexFormat.of().parseHex(data + tag);
		assertThat(then.verify(ByteBuffer.wrap(datagram))).isEqualTo(Verifier.Result.GENUINE);
		assertThat(Signing.tagged(bytes(text), content)).as("what the other tests sign with").isEqualTo(datagram);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "a", "hello", "goodbye, all"})
	void leavesTheBufferAsItWasOfAnyKindAndAnywhere(String message) {
		byte[] datagram = datagram(message, NOW, 1);
		ByteBuffer direct = ByteBuffer.allocateDirect(100).position(7).put(datagram).flip().position(7);
		ByteBuffer before = direct.duplicate();
		assertThat(this.verifier.verify(direct)).isEqualTo(Verifier.Result.GENUINE);
		assertThat(direct).isEqualTo(before).extracting(ByteBuffer::position).isEqualTo(7);
		ByteBuffer heap = ByteBuffer.allocate(100).position(7).put(datagram).flip().position(7);
		assertThat(this.verifier.verify(heap)).isEqualTo(Verifier.Result.REPLAYED);
		assertThat(heap).isEqualTo(before);
	}

	@Test
	void noBitMayBeOtherwise() {
		byte[] datagram = datagram("hello", NOW, 1);
		for (int bit = 0; bit < datagram.length * Byte.SIZE; bit++) {
			byte[] changed = datagram.clone();
			changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
			assertThat(verify(changed)).as("bit %d", bit).isEqualTo(Verifier.Result.UNAUTHENTICATED);
		}
		assertThat(verify(datagram)).isEqualTo(Verifier.Result.GENUINE);
	}

	@Test
	void noByteMayBeMissingOrBeAdded() {
		byte[] datagram = datagram("hello", NOW, 1);
		for (int length = 0; length < datagram.length; length++) {
			assertThat(this.verifier.verify(ByteBuffer.wrap(datagram, 0, length))).as("the first %d bytes", length)
					.isEqualTo(Verifier.Result.UNAUTHENTICATED);
			assertThat(this.verifier.verify(ByteBuffer.wrap(datagram, datagram.length - length, length)))
					.as("the last %d bytes", length)
					.isEqualTo(Verifier.Result.UNAUTHENTICATED);
		}
		assertThat(verify(ByteBuffer.allocate(datagram.length + 1).put(datagram).array()))
				.isEqualTo(Verifier.Result.UNAUTHENTICATED);
		assertThat(verify(datagram)).isEqualTo(Verifier.Result.GENUINE);
	}

	@ParameterizedTest
	@CsvSource({"30000000,GENUINE", "30000001,STALE", "-30000000,GENUINE", "-30000001,STALE",
			"9000000000000000000,STALE",
			"-9000000000000000000,STALE", "9223372036854775807,STALE", "-9223372036854775808,STALE"})
	void aTimeMayBeHalfAMinuteOffAndNoMore(long ahead, Verifier.Result verdict) {
		assertThat(verify(datagram("hello", NOW + ahead, 1))).isEqualTo(verdict);
	}

	@Test
	void whatIsStaleIsNeverSaidOfWhatAnotherKeyMade() {
		byte[] content = ByteBuffer.allocate(16).putLong(0).putLong(0).array();
		assertThat(verify(Signing.tagged(bytes("another key, as long"), content)))
				.isEqualTo(Verifier.Result.UNAUTHENTICATED);
		assertThat(verify(Signing.tagged(KEY, content))).isEqualTo(Verifier.Result.STALE);
	}

	@Test
	void oneMessageOfOneMicrosecondCountsAsOftenAsItHasNonces() {
		for (int i = 0; i < 10_000; i++) {
			assertThat(verify(datagram("hello", NOW, i))).isEqualTo(Verifier.Result.GENUINE);
		}
		for (int i = 0; i < 10_000; i++) {
			assertThat(verify(datagram("hello", NOW, i))).isEqualTo(Verifier.Result.REPLAYED);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = {0, 1})
	void twoKeysAreTakenAtOnceAndNoThird(int first) {
		List<String> keys = List.of(Signing.KEY, "another key, as long");
		Verifier both = new Verifier(
				List.of(SharedKey.of(keys.get(first)), SharedKey.of(keys.get(1 - first))), () -> NOW_MILLIS);
		byte[] content = ByteBuffer.allocate(21).put(bytes("hello")).putLong(NOW).putLong(1).array();
		for (Verifier.Result verdict : List.of(Verifier.Result.GENUINE, Verifier.Result.REPLAYED)) {
			for (String key : keys) {
				ByteBuffer datagram = ByteBuffer.wrap(Signing.tagged(bytes(key), content));
				assertThat(both.verify(datagram)).isEqualTo(verdict);
				assertThat(datagram.position()).isZero();
				assertThat(datagram.remaining()).isEqualTo(37);
			}
			assertThat(both.verify(ByteBuffer.wrap(Signing.tagged(bytes("a third key, as long"), content))))
					.isEqualTo(Verifier.Result.UNAUTHENTICATED);
		}
		byte[] old = ByteBuffer.allocate(16).putLong(0).putLong(0).array();
		assertThat(keys).allSatisfy((key) -> assertThat(both.verify(ByteBuffer.wrap(Signing.tagged(bytes(key), old))))
				.isEqualTo(Verifier.Result.STALE));
	}

}
