package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;

import dev.udpprobe.net.ErrorText;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TooLongTests {

	@Test
	void isToldFromOtherErrorsByWhatTheSystemSays() throws Exception {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
			IOException tooLong = catchThrowableOfType(IOException.class, () -> socket
					.send(new DatagramPacket(new byte[65_508], 65_508, InetAddress.ofLiteral("127.0.0.1"), 9)));
			assertThat(TooLong.isSaidBy(ErrorText.of(tooLong))).isTrue();
			assertThat(TooLong.isSaidBy("Das Netzwerk ist nicht aktiv")).isFalse();
		}
	}

}
