package dev.udpprobe.net;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorTextTests {

	@Test
	void isWhatTheExceptionSays() {
		assertThat(ErrorText.of(new IOException("No route to host"))).isEqualTo("No route to host");
	}

	@Test
	void isTheKindOfAnExceptionThatSaysNothing() {
		assertThat(ErrorText.of(new ClosedChannelException())).isEqualTo("ClosedChannelException");
	}

}
