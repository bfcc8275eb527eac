package dev.udpprobe.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SignerTests {

	private static final SharedKey KEY = SharedKey.of(Signing.KEY);

	private static final byte[] MESSAGE = "hello".getBytes(StandardCharsets.UTF_8);

	@ParameterizedTest
	@ValueSource(ints = {0, 1, 5, 65_475})
	void putsATrailerOfNowBehindTheMessage(int length) {
		byte[] message = new byte[length];
		Arrays.fill(message, (byte) 'x');
		long earliest = Instant.now().toEpochMilli() * 1_000;
		byte[] signed = new Signer(KEY).signed(message);
		assertThat(signed).hasSize(length + 32);
		assertThat(Arrays.copyOf(signed, length)).isEqualTo(message);
		assertThat(ByteBuffer.wrap(signed).getLong(length)).isBetween(earliest,
				(Instant.now().toEpochMilli() + 1) * 1_000);
		assertThat(signed).isEqualTo(
				Signing.tagged(Signing.KEY.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(signed, length + 16)));
		assertThat(new Verifier(List.of(KEY)).verify(ByteBuffer.wrap(signed))).isEqualTo(Verifier.Result.GENUINE);
	}

	/** The nonces alone are compared, as times may be the same or be set back. */
	@Test
	void noTwoMessagesOfManyThreadsAndSignersAreAlike() {
		Signer one = new Signer(KEY);
		Signer other = new Signer(KEY);
		Set<Long> nonces = new HashSet<>(IntStream.range(0, 20_000)
				.parallel()
				.mapToObj((i) -> ((i % 2 == 0) ? one : other).signed(MESSAGE))
				.map((signed) -> ByteBuffer.wrap(signed).getLong(MESSAGE.length + 8))
				.toList());
		assertThat(nonces).hasSize(20_000);
	}

	@Test
	void aKeyShowsNothing() {
		assertThat(KEY).hasToString("***");
		assertThat(SharedKey.of("schlüssel").length()).isEqualTo(10);
	}

}
