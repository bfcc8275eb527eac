package dev.udpprobe.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class DatagramChannelsTests {

	@Test
	void whateverFailsTheChannelIsClosedAndTheFailureIsWhatItWas() {
		for (Exception failure : List.of(new IOException("no"), new IllegalStateException("no"),
				new UnsupportedOperationException("no such option"))) {
			List<DatagramChannel> opened = new ArrayList<>();
			assertThatException().isThrownBy(() -> DatagramChannels.open(StandardProtocolFamily.INET, (channel) -> {
				opened.add(channel);
				if (failure instanceof IOException ex) {
					throw ex;
				}
				throw (RuntimeException) failure;
			})).isSameAs(failure);
			assertThat(opened).singleElement().returns(false, DatagramChannel::isOpen);
		}
	}

	@Test
	void aChannelThatIsReadyIsOpen() throws IOException {
		try (DatagramChannel channel = DatagramChannels.open((opened) -> opened.configureBlocking(false))) {
			assertThat(channel.isOpen()).isTrue();
			assertThat(channel.isBlocking()).isFalse();
		}
	}

}
