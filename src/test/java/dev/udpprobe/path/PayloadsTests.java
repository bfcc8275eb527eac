package dev.udpprobe.path;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.auth.Signer;
import dev.udpprobe.auth.Trailer;
import dev.udpprobe.exchange.Correlation;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.exchange.FlowSettings;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.path.SentPayloads.Sent;
import dev.udpprobe.testing.ExternalTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers and quotations find the datagram that they are about.
 */
class PayloadsTests {

	private static final int LENGTH = 80;

	/** What is looked at of an answer. */
	private static final int SEARCHED = 2_048;

	/** A number of one digit, its sign and its end, which an answer and a quotation tell. */
	private static final int NUMBERED = 4;

	private static final int QUOTED = 3;

	/** The number, its sign, and what the run has alone; the number takes 1 digit more from 10 on. */
	private static final int MARKED = 2 + 28;

	/** What the payloads are made of. */
	enum Signing {

		SIGNED, PLAIN;

		@Nullable
		Signer signer() {
			return (this == SIGNED) ? new Signer(SharedKey.of("a key of this test")) : null;
		}

		int length() {
			return (this == SIGNED) ? Trailer.LENGTH : 0;
		}

	}

	@BeforeEach
	void requireDetail() {
		ExternalTool.requireKernelDetail();
	}

	private static byte[] join(byte[]... parts) {
		ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt((part) -> part.length).sum());
		for (byte[] part : parts) {
			joined.put(part);
		}
		return joined.array();
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static long answered(Payloads payloads, byte[]... parts) {
		return payloads.answered(ByteBuffer.wrap(join(parts)));
	}

	static long quoted(Payloads payloads, byte[] payload, int length) {
		return payloads.quoted(ByteBuffer.wrap(payload, 0, length).slice());
	}

	@ParameterizedTest
	@EnumSource(Signing.class)
	void anEchoFindsItsDatagramWhateverStandsAroundIt(Signing signing) throws Exception {
		Payloads payloads = new Payloads(signing.signer(), null);
		for (Sent sent : SentPayloads.of(payloads, LENGTH, 101)) {
			assertThat(sent.payload()).hasSize(LENGTH + signing.length());
			byte[] echoed = Arrays.copyOf(sent.payload(), LENGTH);
			for (String greeting : List.of("", "Hi, ", "Hi 12", "7", "#", "#7", "#7 ", "# udp-probe #12", "udp-probe ",
					"x".repeat(1_900))) {
				assertThat(answered(payloads, bytes(greeting), sent.payload())).isEqualTo(sent.key());
				assertThat(answered(payloads, bytes(greeting), echoed)).isEqualTo(sent.key());
				assertThat(answered(payloads, bytes(greeting), echoed, bytes("!"))).isEqualTo(sent.key());
				assertThat(answered(payloads, bytes(greeting), Arrays.copyOf(echoed, MARKED + 2)))
						.isEqualTo(sent.key());
			}
		}
	}

	@Test
	void anEchoIsFoundBehindACutOne() throws Exception {
		Payloads payloads = new Payloads(null, null);
		Sent sent = SentPayloads.of(payloads, LENGTH, 13).getLast();
		for (int cut = 0; cut < LENGTH; cut++) {
			byte[] end = Arrays.copyOfRange(sent.payload(), cut, LENGTH);
			assertThat(answered(payloads, end, sent.payload())).isEqualTo(sent.key());
			byte[] beginning = Arrays.copyOf(sent.payload(), cut);
			assertThat(answered(payloads, beginning, sent.payload())).isEqualTo(sent.key());
		}
	}

	@Test
	void anEchoBehindALongerGreetingTellsNothing() throws Exception {
		Payloads payloads = new Payloads(null, null);
		Sent sent = SentPayloads.of(payloads, LENGTH, 1).getFirst();
		byte[] marked = Arrays.copyOf(sent.payload(), MARKED);
		assertThat(answered(payloads, new byte[SEARCHED - MARKED], marked)).isEqualTo(sent.key());
		assertThat(answered(payloads, new byte[SEARCHED - MARKED], sent.payload())).isEqualTo(sent.key());
		assertThat(answered(payloads, new byte[SEARCHED - MARKED + 1], sent.payload()))
				.isEqualTo(Correlation.OLDEST);
		assertThat(answered(payloads, new byte[60_000], sent.payload())).isEqualTo(Correlation.OLDEST);
	}

	@Test
	void anAnswerWithoutThePayloadTellsNothing() throws Exception {
		Payloads payloads = new Payloads(null, null);
		byte[] payload = SentPayloads.of(payloads, LENGTH, 1).getFirst().payload();
		for (int length = 0; length < MARKED; length++) {
			assertThat(answered(payloads, bytes("Hi, "), Arrays.copyOf(payload, length)))
					.isEqualTo((length < NUMBERED) ? Correlation.OLDEST : 0);
		}
		byte[] upper = new String(payload, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT)
				.getBytes(StandardCharsets.US_ASCII);
		assertThat(answered(payloads, upper)).isEqualTo(Correlation.OLDEST);
		assertThat(answered(payloads, bytes("pong"))).isEqualTo(Correlation.OLDEST);
	}

	/** A number that is cut, too long or not there is none of a datagram. */
	@ParameterizedTest
	@ValueSource(strings = {"", "5", "x5", "#", "#x", "#-5", "#1234567890", "##"})
	void whatThisRunHasAloneBehindNoNumberIsAStray(String before) throws Exception {
		Payloads payloads = new Payloads(null, null);
		byte[] payload = SentPayloads.of(payloads, LENGTH, 1).getFirst().payload();
		byte[] marker = Arrays.copyOfRange(payload, 2, MARKED);
		assertThat(answered(payloads, bytes("." + before), marker)).isEqualTo(Correlation.STRAY);
	}

	/** A quotation tells the number as soon as it has all of it. */
	@ParameterizedTest
	@EnumSource(Signing.class)
	void aQuotationOfAnyLengthIsOfItsDatagramOrTellsNothing(Signing signing) throws Exception {
		Payloads payloads = new Payloads(signing.signer(), null);
		for (Sent sent : SentPayloads.of(payloads, LENGTH, 101)) {
			int digits = Long.toString(sent.key()).length();
			for (int length = 0; length <= sent.payload().length; length++) {
				long expected = (length > 1 + digits) ? sent.key() : Correlation.OLDEST;
				assertThat(quoted(payloads, sent.payload(), length)).isEqualTo(expected);
				byte[] padded = join(Arrays.copyOf(sent.payload(), length), new byte[100]);
				assertThat(quoted(payloads, padded, padded.length)).isEqualTo(expected);
			}
		}
	}

	/** The search for the MTU begins with the shortest there is. */
	@ParameterizedTest
	@EnumSource(Signing.class)
	void payloadsOfAnyLengthTellWhatTheyCan(Signing signing) throws Exception {
		for (int length = 1; length <= MARKED + 1; length++) {
			Payloads payloads = new Payloads(signing.signer(), null);
			Sent sent = SentPayloads.of(payloads, length, 1).getFirst();
			assertThat(sent.payload()).hasSize(length + signing.length());
			byte[] echoed = Arrays.copyOf(sent.payload(), length);
			assertThat(answered(payloads, echoed)).isEqualTo((length < NUMBERED) ? Correlation.OLDEST : sent.key());
			assertThat(quoted(payloads, sent.payload(), sent.payload().length))
					.isEqualTo((length < QUOTED) ? Correlation.OLDEST : sent.key());
		}
	}

	/** The search for the MTU sends long ones again when a short one has been answered. */
	@ParameterizedTest
	@ValueSource(ints = {1, 2})
	void aLateEchoOfAShortMessageIsNoAnswerToALongOne(int length) throws Exception {
		Payloads payloads = new Payloads(null, null);
		SentPayloads.of(payloads, LENGTH, 12);
		byte[] echo = join(bytes("Hi, "), SentPayloads.of(payloads, length, 1).getFirst().payload());
		assertThat(answered(payloads, echo)).isEqualTo(Correlation.OLDEST);
		SentPayloads.of(payloads, LENGTH, 1);
		assertThat(answered(payloads, echo)).isEqualTo(Correlation.STRAY);
		assertThat(answered(payloads, bytes("pong"))).isEqualTo(Correlation.OLDEST);
		assertThat(answered(payloads, bytes("#7x"))).isEqualTo(Correlation.OLDEST);
	}

	@ParameterizedTest
	@EnumSource(Signing.class)
	void aMessageOfTheUsersOwnTellsNothing(Signing signing) throws Exception {
		byte[] message = bytes("#3 a message");
		Payloads payloads = new Payloads(signing.signer(), message);
		List<Sent> all = SentPayloads.of(payloads, LENGTH, 3);
		assertThat(all).extracting(Sent::key).doesNotHaveDuplicates();
		for (Sent sent : all) {
			assertThat(sent.payload()).hasSize(message.length + signing.length()).startsWith(message);
			assertThat(answered(payloads, message)).isEqualTo(Correlation.OLDEST);
			for (int length = 0; length <= sent.payload().length; length++) {
				assertThat(quoted(payloads, sent.payload(), length)).isEqualTo(Correlation.OLDEST);
			}
		}
	}

	/** A flow keeps so much of each end, by which it finds what is quoted. */
	@Test
	@SuppressWarnings("try")
	void refusalsOfSignedMessagesAreOfThoseThatAreQuoted() throws Exception {
		ExternalTool.requireKernelDetail();
		Payloads payloads = new Payloads(Signing.SIGNED.signer(), new byte[300]);
		try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
				ExchangeEngine engine = new ExchangeEngine(1, 1, KernelDetail.find(), DestinationRates.NONE);
				Flow flow = engine.open((InetSocketAddress) server.getLocalSocketAddress(), ExchangeOptions.CONNECTED,
						new FlowSettings(9, payloads, (_) -> {}))) {
			CompletableFuture<FlowDatagram> silent = payloads.send(flow, 0, Duration.ofMinutes(1));
			server.receive(new DatagramPacket(new byte[400], 400));
			server.close();
			for (int i = 0; i < 3; i++) {
				assertThat(Payloads.await(payloads.send(flow, 0, Duration.ofMinutes(1))).outcome())
						.isInstanceOf(Outcome.Refused.class);
			}
			assertThat(silent.isDone()).isFalse();
		}
	}

}
