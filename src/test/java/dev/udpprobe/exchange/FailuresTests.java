package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.ErrorText;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * By the words of the exceptions, as the JDK has them in English.
 */
class FailuresTests {

	private static final RoundTrip ROUND_TRIP = RoundTrip.jvm(1);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			  Operation not permitted        | a local firewall dropped it
			  Network is unreachable         | there is no route to it
			  No route to host               | a local route says that the host is unreachable
			  Permission denied              | a local route prohibits it, or it is a broadcast address
			  Invalid argument               | a local route drops it, its zone is missing, or it cannot be reached from that source address
			  Cannot assign requested address | that source address is not one of this host
			""")
	void aSendThatFailsHasItsCauseAndTheWordsOfTheSystem(String words, String cause) {
		assertThat(Failures.onSend(new IOException(words)))
				.isEqualTo(new Outcome.NotSent("%s (%s)".formatted(cause, words)));
	}

	@ParameterizedTest
	@ValueSource(strings = {"Network is down", "this JVM has no IPv6"})
	void aSendThatFailsForAnotherReasonHasTheWordsAlone(String words) {
		assertThat(Failures.onSend(new IOException(words))).isEqualTo(new Outcome.NotSent(words));
	}

	@ParameterizedTest
	@ValueSource(strings = {"Too many open files", "Too many open files in system", "Cannot allocate memory",
			"No buffer space available", "Resource temporarily unavailable", "Address already in use"})
	void whatThisHostIsShortOfSaysNothingOfTheTarget(String words) {
		assertThat(Failures.onSend(new IOException(words))).isEqualTo(new Outcome.NotSent(words, true));
		assertThat(Failures.onReceive(new IOException(words), false, ROUND_TRIP).shortage()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = {0, 1_280})
	void whatIsTooLongToSendIsTooBig(int mtu) {
		assertThat(Failures.onSend(new IOException("Message too long"), mtu)).isEqualTo(Failures.tooBigToSend(mtu));
	}

	@Test
	void whatIsTooLongIsKnownByWhatTheSystemSaysToo() throws Exception {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
			IOException tooLong = catchThrowableOfType(IOException.class, () -> socket
					.send(new DatagramPacket(new byte[65_508], 65_508, InetAddress.ofLiteral("127.0.0.1"), 9)));
			assertThat(Failures.TooLong.isSaidBy(ErrorText.of(tooLong))).isTrue();
			assertThat(Failures.TooLong.isSaidBy("Das Netzwerk ist nicht aktiv")).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			  IPv4 | Network is unreachable
			  IPv4 | No route to host
			  IPv4 | Protocol not available
			  IPv4 | Operation not supported
			  IPv4 | Host is down
			  IPv4 | Machine is not on the network
			  IPv4 | Protocol error
			  IPv6 | Network is unreachable
			  IPv6 | No route to host
			  IPv6 | Permission denied
			  IPv6 | Protocol error
			  IPv4 | something else
			  IPv6 | something else
			""")
	void whatIcmpCanCauseIsIcmp(String family, String words) {
		assertThat(onReceive(family, words)).isEqualTo(new Outcome.Unreachable(words, null, ROUND_TRIP));
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void aRefusalIsOneAndWhatIsTooLongForThePathIsTooBig(boolean ipv6) {
		assertThat(Failures.onReceive(new PortUnreachableException(), ipv6, ROUND_TRIP))
				.isEqualTo(new Outcome.Refused(IcmpMessage.refusal(ipv6), ROUND_TRIP));
		assertThat(Failures.onReceive(new IOException("Message too long"), ipv6, ROUND_TRIP))
				.isInstanceOfSatisfying(Outcome.TooBig.class,
						(tooBig) -> assertThat(tooBig.roundTrip()).isEqualTo(ROUND_TRIP));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			  IPv4 | Operation not permitted
			  IPv4 | Permission denied
			  IPv4 | Cannot allocate memory
			  IPv4 | Network is down
			  IPv6 | Operation not permitted
			  IPv6 | Host is down
			  IPv4 | Too many open files
			""")
	void whatIcmpCannotCauseIsThisHostsOwn(String family, String words) {
		assertThat(onReceive(family, words)).isInstanceOfSatisfying(Outcome.NotSent.class,
				(outcome) -> assertThat(outcome.reason())
						.isEqualTo("this host cannot receive the answer (%s)".formatted(words)));
	}

	private static Outcome onReceive(String family, String words) {
		return Failures.onReceive(new IOException(words), family.equals("IPv6"), ROUND_TRIP);
	}

}
