package dev.udpprobe.echo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EchoResponderTests {

	private final EchoCounts counts = new EchoCounts();

	private final Sessions sessions = new Sessions(10, Duration.ofMinutes(1), this.counts);

	private final EchoResponder responder = new EchoResponder(
			new Guard(GuardSettings.OPEN, bytes("Hi, "), System.nanoTime()), bytes("goodbye"), null, this.sessions,
			this.counts);

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private boolean answers(String address, byte[] payload) {
		Datagram datagram = new Datagram(ByteBuffer.allocate(payload.length + 4), bytes("Hi, "));
		datagram.peer().set(new InetSocketAddress(InetAddress.ofLiteral(address), 4_000));
		datagram.cleared().put(payload);
		datagram.received(payload.length, false);
		Datagrams datagrams = new Datagrams(datagram);
		datagrams.received(1);
		assertThat(this.responder.judge(datagrams, Admission.ALL, System.nanoTime())).isEqualTo(datagram.isToAnswer());
		assertThat(datagram.payload()).isEqualTo(ByteBuffer.wrap(payload));
		return datagram.isToAnswer();
	}

	private boolean answers(String payload) {
		return answers("127.0.0.1", bytes(payload));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "hello", "goodby", "Goodbye", " goodbye", "ip_ackTo=127.0.0.1:9;id=x;"})
	void repliesToEverythingElse(String payload) {
		assertThat(answers(payload)).isTrue();
		assertThat(this.sessions.size()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = {"goodbye", "goodbye, all"})
	void endsTheSessionOnTheFarewell(String payload) {
		answers("hello");
		assertThat(answers(payload)).isFalse();
		assertThat(this.sessions.size()).isZero();
		assertThat(this.counts.farewells()).isEqualTo(1);
		assertThat(this.counts.sessionsEndedBy(SessionEnd.FAREWELL)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,65503,true", "127.0.0.1,65504,false", "::1,65523,true", "::1,65524,false"})
	void dropsWhatWouldMakeAReplyThatFitsNoDatagram(String address, int length, boolean answered) {
		assertThat(answers(address, new byte[length])).isEqualTo(answered);
		assertThat(this.counts.droppedFor(DropReason.OVERSIZED)).isEqualTo(answered ? 0 : 1);
	}

	@ParameterizedTest
	@CsvSource({"255.255.255.255,hello", "192.0.2.1,'Hi, Hi, Hi, Hi, hello'", "224.0.0.1,goodbye"})
	void makesNoSessionForWhatTheGuardRefuses(String address, String payload) {
		assertThat(answers(address, bytes(payload))).isFalse();
		assertThat(this.sessions.size()).isZero();
		assertThat(this.counts.received()).isEqualTo(1);
		assertThat(this.counts.dropped()).isEqualTo(1);
		assertThat(this.counts.farewells()).isZero();
	}

	@Test
	void countsWhatItReceives() {
		answers("one");
		answers("");
		answers("goodbye");
		assertThat(this.counts.received()).isEqualTo(3);
		assertThat(this.counts.bytesReceived()).isEqualTo(10);
	}

}
