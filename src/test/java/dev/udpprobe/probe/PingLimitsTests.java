package dev.udpprobe.probe;

import org.junit.jupiter.api.Test;

import dev.udpprobe.exchange.SaturatedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PingLimitsTests {

	private final PingLimits limits = new PingLimits(5, 100_000 * 1_024);

	@Test
	void pingsHaveHalfOfTheSockets() {
		Runnable first = this.limits.takeSocket();
		var _ = this.limits.takeSocket();
		assertThatExceptionOfType(SaturatedException.class).isThrownBy(this.limits::takeSocket)
				.withMessage("pings have 2 sockets already");
		first.run();
		first.run();
		var _ = this.limits.takeSocket();
		assertThatExceptionOfType(SaturatedException.class).isThrownBy(this.limits::takeSocket);
	}

	@Test
	void oneSocketThereAlwaysIs() {
		assertThatNoException().isThrownBy(() -> new PingLimits(1, 1).takeSocket());
	}

	@Test
	void pingsHaveAShareOfTheMemory() {
		for (int pings = 0; pings < 10; pings++) {
			var _ = this.limits.take(10_000, 0, 0);
		}
		assertThatExceptionOfType(SaturatedException.class).isThrownBy(() -> this.limits.take(1, 0, 0))
				.withMessage("the pings that are under way leave no memory for 1 datagrams more");
	}

	@Test
	void questionsOfModulesWeighMore() {
		Runnable first = this.limits.take(10_000, 2_304, 0);
		assertThatExceptionOfType(SaturatedException.class).isThrownBy(() -> this.limits.take(10_000, 2_304, 0));
		first.run();
		assertThatNoException().isThrownBy(() -> this.limits.take(10_000, 10_000, 0));
	}

	/**
	 * Of those that are kept for a silent target, a single ping would have no memory left for anything else.
	 */
	@Test
	void longQuestionsWeighAsMuchAsTheyAreLong() {
		assertThatExceptionOfType(SaturatedException.class).isThrownBy(() -> this.limits.take(10_000, 2_304, 60_000))
				.withMessage("2,304 datagrams of 60,000 bytes, which are kept at once for their answers, "
						+ "take more memory than pings have");
		Runnable first = this.limits.take(100, 100, 60_000);
		assertThatExceptionOfType(SaturatedException.class).isThrownBy(() -> this.limits.take(100, 100, 60_000));
		first.run();
		assertThatNoException().isThrownBy(() -> this.limits.take(100, 100, 60_000));
	}

}
