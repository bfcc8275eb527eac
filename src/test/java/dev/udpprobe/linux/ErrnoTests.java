package dev.udpprobe.linux;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.PayloadLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class ErrnoTests {

	private static final Map<Errno, String> GERMAN = Map.of(Errno.EMSGSIZE, "Die Nachricht ist zu lang",
			Errno.EHOSTUNREACH, "Keine Route zum Zielrechner", Errno.ENETDOWN, "Das Netzwerk ist nicht aktiv",
			Errno.ENETUNREACH, "Das Netzwerk ist nicht erreichbar");

	@ParameterizedTest
	@EnumSource
	void anErrorIsFoundByItsEnglishWords(Errno errno) {
		String words = Errno.text(errno.number());
		assertThat(Errno.of(new IOException(words))).isEqualTo(errno);
		assertThat(Errno.of(new IOException(words + " (bind failed)"))).isEqualTo(errno);
	}

	/** Where these are English, the English words match first. */
	@ParameterizedTest
	@EnumSource
	void anErrorIsFoundByTheWordsOfTheSystem(Errno errno) {
		assertThat(Errno.of(new IOException(SystemCalls.strerror(errno.number())))).isEqualTo(errno);
	}

	@Test
	void anErrorIsFoundByTheWordsOfAnotherLanguage() {
		GERMAN.forEach((errno, words) -> {
			assertThat(german(words)).isEqualTo(errno);
			assertThat(german(words + " (bind failed)")).isEqualTo(errno);
		});
		assertThat(german("Das Netzwerk")).isNull();
		assertThat(german("Message too long")).isNull();
	}

	@Test
	void anExceptionWithoutWordsIsNoError() {
		assertThat(Errno.of(new IOException())).isNull();
		assertThat(Errno.of("null", (_) -> null)).isNull();
	}

	private static @Nullable Errno german(String message) {
		return Errno.of(message, (errno) -> GERMAN.getOrDefault(errno, "Fehler " + errno.number()));
	}

	@ParameterizedTest
	@ValueSource(strings = {"Invalid", "Invalid argument of mine", "", "null"})
	void otherWordsAreNone(String message) {
		assertThat(Errno.of(new IOException(message))).isNull();
	}

	@Test
	void theKindOfAnExceptionMayTellTheErrorWithoutWords() {
		assertThat(Errno.of(new ClosedChannelException())).isNull();
		assertThat(Errno.of(new PortUnreachableException())).isEqualTo(Errno.ECONNREFUSED);
		assertThat(Errno.of(new NoRouteToHostException("Aucun chemin d'accès"))).isEqualTo(Errno.EHOSTUNREACH);
	}

	/** In whatever language this JVM runs. */
	@Test
	void whatTheJdkThrowsIsFound() throws IOException {
		try (DatagramChannel channel = DatagramChannel.open()) {
			InetSocketAddress foreign = new InetSocketAddress("192.0.2.1", 0);
			assertThat(Errno.of(catchThrowableOfType(BindException.class, () -> channel.bind(foreign))))
					.isEqualTo(Errno.EADDRNOTAVAIL);
			InetSocketAddress discard = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
			ByteBuffer tooLong = ByteBuffer.allocate(PayloadLimits.MAX_IPV4 + 1);
			assertThat(Errno.of(catchThrowableOfType(IOException.class, () -> channel.send(tooLong, discard))))
					.isEqualTo(Errno.EMSGSIZE);
		}
	}

}
