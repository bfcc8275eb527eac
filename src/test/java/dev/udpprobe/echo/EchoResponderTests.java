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

import dev.udpprobe.echo.EchoResponder.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

class EchoResponderTests {

	private final EchoCounts counts = new EchoCounts();

	private final Sessions sessions = new Sessions(10, Duration.ofMinutes(1), this.counts);

	private final EchoResponder responder = new EchoResponder(4, "goodbye".getBytes(StandardCharsets.UTF_8),
			this.sessions, this.counts);

	private static InetSocketAddress peer(String address) {
		return new InetSocketAddress(InetAddress.ofLiteral(address), 4_000);
	}

	private Verdict judge(String address, byte[] payload) {
		ByteBuffer buffer = ByteBuffer.allocate(payload.length + 8).position(4).put(payload).flip().position(4);
		Verdict verdict = this.responder.judge(peer(address), buffer, System.nanoTime());
		assertThat(buffer.position()).isEqualTo(4);
		assertThat(buffer.remaining()).isEqualTo(payload.length);
		return verdict;
	}

	private Verdict judge(String payload) {
		return judge("127.0.0.1", payload.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "hello", "goodby", "Goodbye", " goodbye", "ip_ackTo=127.0.0.1:9;id=x;"})
	void repliesToEverythingElse(String payload) {
		assertThat(judge(payload)).isEqualTo(Verdict.REPLY);
		assertThat(this.sessions.size()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = {"goodbye", "goodbye, all"})
	void endsTheSessionOnTheFarewell(String payload) {
		judge("hello");
		assertThat(judge(payload)).isEqualTo(Verdict.FAREWELL);
		assertThat(this.sessions.size()).isZero();
		assertThat(this.counts.farewells()).isEqualTo(1);
		assertThat(this.counts.sessionsEndedBy(SessionEnd.FAREWELL)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,65503,REPLY", "127.0.0.1,65504,DROP", "::1,65523,REPLY", "::1,65524,DROP"})
	void dropsWhatWouldMakeAReplyThatFitsNoDatagram(String address, int length, Verdict verdict) {
		assertThat(judge(address, new byte[length])).isEqualTo(verdict);
		assertThat(this.counts.droppedFor(DropReason.OVERSIZED)).isEqualTo((verdict == Verdict.DROP) ? 1 : 0);
	}

	@Test
	void countsWhatItReceives() {
		judge("one");
		judge("");
		judge("goodbye");
		assertThat(this.counts.received()).isEqualTo(3);
		assertThat(this.counts.bytesReceived()).isEqualTo(10);
	}

}
