package dev.udpprobe.echo;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.RateLimit;
import dev.udpprobe.server.BatchOf;
import dev.udpprobe.server.ServerCounts;
import dev.udpprobe.server.Slot;
import dev.udpprobe.server.Transport;
import dev.udpprobe.server.TransportDrop;

import static org.assertj.core.api.Assertions.assertThat;

class EchoHandlerTests {

	private static final EchoSettings SETTINGS = new EchoSettings(List.of(), bytes("Hi, "), bytes("goodbye"),
			EchoMode.SHARED, Duration.ofMinutes(1), 10, 0, Transport.AUTO, 1, List.of());

	private final Sessions sessions = new Sessions(10, Duration.ofMinutes(1), new ServerCounts(EchoDrop.values()));

	private final EchoHandler handler = new EchoHandler(SETTINGS,
			new Guard(GuardSettings.OPEN, bytes("Hi, "), System.nanoTime()), this.sessions);

	private Slot handled(String address, byte[] payload) {
		Slot datagram = Arrivals.datagram(address, 4_000, payload, false);
		this.handler.handle(new BatchOf(datagram).received());
		assertThat(datagram.isOpen()).isFalse();
		assertThat(datagram.payload()).isEqualTo(ByteBuffer.wrap(payload));
		return datagram;
	}

	private boolean answers(String address, byte[] payload) {
		return handled(address, payload).isToReply();
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
		Slot datagram = handled("127.0.0.1", bytes(payload));
		assertThat(datagram.isToReply()).isFalse();
		assertThat(datagram.dropReason()).isNull();
		assertThat(this.sessions.size()).isZero();
		assertThat(this.sessions.endedBy(SessionEnd.FAREWELL)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1,65503,", "127.0.0.1,65504,OVERSIZED", "::1,65523,", "::1,65524,OVERSIZED"})
	void dropsWhatWouldMakeAReplyThatFitsNoDatagram(String address, int length, @Nullable TransportDrop reason) {
		Slot datagram = handled(address, new byte[length]);
		assertThat(datagram.isToReply()).isEqualTo(reason == null);
		assertThat(datagram.dropReason()).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource({"255.255.255.255,hello,SOURCE_INVALID", "192.0.2.1,'Hi, Hi, Hi, Hi, hello',LOOP",
			"224.0.0.1,goodbye,SOURCE_INVALID"})
	void makesNoSessionForWhatTheGuardRefuses(String address, String payload, EchoDrop reason) {
		Slot datagram = handled(address, bytes(payload));
		assertThat(datagram.dropReason()).isEqualTo(reason);
		assertThat(this.sessions.size()).isZero();
		assertThat(this.sessions.endedBy(SessionEnd.FAREWELL)).isZero();
	}

	@ParameterizedTest
	@CsvSource({"1,0,SOURCE_RATE", "0,1,TOTAL_RATE"})
	void connectsToNobodyAboveALimitAndAskingCostsNothing(int perSource, int total, EchoDrop reason) {
		GuardSettings limits = new GuardSettings(List.of(), List.of(), false, new RateLimit(perSource, 0),
				new RateLimit(total, 0));
		EchoHandler limited = new EchoHandler(SETTINGS, new Guard(limits, bytes("Hi, "), System.nanoTime()),
				this.sessions);
		Slot first = Arrivals.datagram("192.0.2.1", 4_000);
		assertThat(limited.connectDropReason(first)).isNull();
		assertThat(limited.connectDropReason(first)).isNull();
		limited.handle(new BatchOf(first).received());
		assertThat(first.isToReply()).isTrue();
		assertThat(limited.connectDropReason(Arrivals.datagram("192.0.2.1", 4_001))).isEqualTo(reason);
	}

	private static byte[] bytes(String text) {
		return Arrivals.bytes(text);
	}

}
