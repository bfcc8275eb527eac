package dev.udpprobe.destination;

import java.net.InetAddress;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ResolverTests {

	private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

	private final Resolver resolver = new Resolver();

	@AfterEach
	void close() {
		this.resolver.close();
	}

	@ParameterizedTest
	@ValueSource(strings = {"192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"})
	void aLiteralIsNotLookedUp(String literal) throws Exception {
		this.resolver.close();
		assertThat(this.resolver.resolve(literal, Duration.ofNanos(1))).isEqualTo(InetAddress.ofLiteral(literal));
	}

	@Test
	void looksUpAName() throws Exception {
		assertThat(this.resolver.resolve("localhost", LONG_ENOUGH).isLoopbackAddress()).isTrue();
	}

	@Test
	void aNameWithoutAnAddressIsUnresolved() {
		assertThatExceptionOfType(UnresolvedException.class)
				.isThrownBy(() -> this.resolver.resolve("x.invalid", LONG_ENOUGH))
				.satisfies((ex) -> assertThat(ex.reason()).contains("'x.invalid'"));
	}

	@Test
	void givesUpWhenTimeIsOut() {
		assertThatExceptionOfType(UnresolvedException.class).isThrownBy(() -> {
			for (int i = 0; i < 1_000; i++) {
				// Any single one may be quicker than the clock.
				this.resolver.resolve("localhost", Duration.ofNanos(1));
			}
		}).satisfies((ex) -> assertThat(ex.reason()).contains("'localhost'", "in time"));
	}

	@Test
	void aLookUpThatCannotStartIsUnresolved() {
		this.resolver.close();
		assertThatExceptionOfType(UnresolvedException.class)
				.isThrownBy(() -> this.resolver.resolve("localhost", LONG_ENOUGH));
	}

}
