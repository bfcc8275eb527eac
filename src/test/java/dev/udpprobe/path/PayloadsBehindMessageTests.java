package dev.udpprobe.path;

import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.exchange.Correlation;
import dev.udpprobe.path.PayloadsTests.Signing;
import dev.udpprobe.path.SentPayloads.Sent;
import dev.udpprobe.testing.ExternalTool;

import static dev.udpprobe.path.PayloadsTests.answered;
import static dev.udpprobe.path.PayloadsTests.bytes;
import static dev.udpprobe.path.PayloadsTests.quoted;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers and quotations of payloads that begin with a message.
 */
class PayloadsBehindMessageTests {

	@BeforeEach
	void requireDetail() {
		ExternalTool.requireKernelDetail();
	}

	@ParameterizedTest
	@EnumSource(Signing.class)
	void behindAMessageAnEchoAndAQuotationFindTheirDatagram(Signing signing) throws Exception {
		byte[] message = bytes("#7 a message of #8 ");
		Payloads payloads = Payloads.behind(signing.signer(), message);
		for (int length : new int[]{payloads.minLength(), 80, 2_000}) {
			for (Sent sent : SentPayloads.of(payloads, length, 11)) {
				assertThat(sent.payload()).hasSize(length + signing.length()).startsWith(message);
				assertThat(answered(payloads, bytes("Hi, "), Arrays.copyOf(sent.payload(), length)))
						.isEqualTo(sent.key());
				assertThat(quoted(payloads, sent.payload(), length)).isEqualTo(sent.key());
				assertThat(quoted(payloads, sent.payload(), message.length + 1)).isEqualTo(Correlation.OLDEST);
			}
		}
		// From now on, whoever answers is known as an echo.
		assertThat(answered(payloads, bytes("Hi, "), message)).isEqualTo(Correlation.STRAY);
	}

	@Test
	void behindAMessageWhatIsNoEchoTellsNothing() throws Exception {
		Payloads payloads = Payloads.behind(null, bytes("question"));
		SentPayloads.of(payloads, 80, 2);
		assertThat(answered(payloads, bytes("answer #1 "))).isEqualTo(Correlation.OLDEST);
		assertThat(answered(payloads, new byte[0])).isEqualTo(Correlation.OLDEST);
	}

}
