package dev.udpprobe.exchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.Rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DestinationRatesTests {

	private static final long SECOND = 1_000_000_000;

	/** The clock turns over between two datagrams. */
	private static final long START = Long.MAX_VALUE - SECOND / 2;

	private static final InetAddress VICTIM = InetAddress.ofLiteral("192.0.2.1");

	private static DestinationRates rates(int datagramsPerSecond) {
		return new DestinationRates(datagramsPerSecond, START);
	}

	private static int taken(DestinationRates rates, InetAddress address, int times, long nanos) {
		int taken = 0;
		for (int i = 0; i < times; i++) {
			taken += rates.take(rates.key(address), START + nanos) ? 1 : 0;
		}
		return taken;
	}

	/**
	 * @return as many addresses, each in a network of its own
	 */
	private static List<InetAddress> strangers(boolean ipv6, int count) {
		int first = new Random(7).nextInt();
		return IntStream.range(first, first + count).mapToObj((i) -> ipv6
				? Addresses.of(0x2001_0DB8_0000_0000L | Integer.toUnsignedLong(i), 1, 0)
				: Addresses.of(0, Addresses.mapped(i), 0)).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = {"192.0.2.1", "127.0.0.1", "2001:db8::1", "::1"})
	void anAddressGetsASecondsWorthAtOnceAndThenTheRate(String literal) {
		InetAddress address = InetAddress.ofLiteral(literal);
		DestinationRates rates = rates(1_000);
		assertThat(taken(rates, address, 2_000, 0)).isEqualTo(1_000);
		assertThat(taken(rates, address, 2_000, SECOND / 2)).isEqualTo(500);
		assertThat(taken(rates, address, 2_000, SECOND)).isEqualTo(500);
		assertThat(taken(rates, address, 2_000, 10 * SECOND)).as("no more than a second's worth").isEqualTo(1_000);
	}

	@Test
	void overALongTimeTheRateIsTheLimit() {
		DestinationRates rates = rates(1_000);
		int taken = 0;
		for (long nanos = 0; nanos < 60 * SECOND; nanos += 100_000) {
			taken += taken(rates, VICTIM, 1, nanos);
		}
		assertThat(taken).isBetween(60_990, 61_000);
	}

	@Test
	void addressesHaveALimitEach() {
		DestinationRates rates = rates(2);
		for (String literal : List.of("192.0.2.1", "192.0.2.2", "::192.0.2.1", "2001:db8::1", "2001:db8::2")) {
			assertThat(taken(rates, InetAddress.ofLiteral(literal), 5, 0)).as(literal).isEqualTo(2);
		}
	}

	@Test
	void allLoopbackAddressesTogetherAreOne() throws UnknownHostException {
		DestinationRates rates = rates(4);
		byte[] mapped = ByteBuffer.allocate(16).putInt(8, 0xFFFF).putInt(12, 0x7F00_0003).array();
		for (InetAddress loopback : List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2"),
				InetAddress.ofLiteral("::1"), Inet6Address.getByAddress(null, mapped, 0))) {
			assertThat(taken(rates, loopback, 1, 0)).as(loopback.toString()).isOne();
		}
		for (String literal : List.of("127.0.0.1", "127.255.255.255", "::1")) {
			assertThat(taken(rates, InetAddress.ofLiteral(literal), 1, 0)).as(literal).isZero();
		}
		assertThat(taken(rates, InetAddress.ofLiteral("128.0.0.1"), 1, 0)).isOne();
	}

	@Test
	void anAddressIsTheSameInEveryForm() throws UnknownHostException {
		DestinationRates rates = rates(3);
		byte[] mapped = ByteBuffer.allocate(16).putInt(8, 0xFFFF).put(12, VICTIM.getAddress()).array();
		assertThat(taken(rates, VICTIM, 1, 0)).isOne();
		assertThat(taken(rates, Inet6Address.getByAddress("mapped.example", mapped, 0), 1, 0)).isOne();
		assertThat(taken(rates, InetAddress.getByAddress("named.example", VICTIM.getAddress()), 1, 0)).isOne();
		assertThat(taken(rates, VICTIM, 1, 0)).isZero();
		byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
		assertThat(taken(rates, Addresses.of(linkLocal, 1), 3, 0)).isEqualTo(3);
		assertThat(taken(rates, Addresses.of(linkLocal, 2), 3, 0)).as("at another interface").isZero();
	}

	@Test
	void manySendersTogetherNeverExceedTheLimit() throws Exception {
		int senders = 16;
		int limit = 5_000_000;
		DestinationRates rates = rates(limit);
		CyclicBarrier start = new CyclicBarrier(senders);
		try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
			List<Future<Integer>> each = new ArrayList<>();
			for (int i = 0; i < senders; i++) {
				each.add(threads.submit(() -> {
					start.await();
					return taken(rates, VICTIM, limit / 8, 0);
				}));
			}
			int taken = 0;
			for (Future<Integer> one : each) {
				taken += one.get();
			}
			assertThat(taken).isEqualTo(limit);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void howeverManyAddressesThereAreItsMemoryIsBounded(boolean ipv6) {
		DestinationRates rates = rates(1);
		int taken = strangers(ipv6, 30 * Rates.SLOTS).stream().mapToInt((address) -> taken(rates, address, 1, 0)).sum();
		assertThat(taken).as("as many as there are slots").isEqualTo(Rates.SLOTS);
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void strangersWhoPushAnAddressOutDoNotRenewItsLimit(boolean ipv6) {
		int limit = 10;
		List<InetAddress> strangers = strangers(ipv6, 2 * Rates.SLOTS);
		DestinationRates rates = rates(limit);
		assertThat(taken(rates, VICTIM, 2 * limit, 0)).isEqualTo(limit);
		int[] each = new int[strangers.size()];
		for (int round = 0; round < 2 * limit; round++) {
			for (int i = 0; i < each.length; i++) {
				each[i] += taken(rates, strangers.get(i), 1, 0);
			}
			assertThat(taken(rates, VICTIM, 1, 0)).isZero();
		}
		assertThat(IntStream.of(each)).allMatch((taken) -> taken <= limit);
		assertThat(taken(rates, VICTIM, 2 * limit, SECOND)).isEqualTo(limit);
	}

	@Test
	void strangersDoNotTakeWhatAnAddressHasLeft() {
		DestinationRates rates = rates(100);
		assertThat(taken(rates, VICTIM, 50, 0)).isEqualTo(50);
		assertThat(strangers(false, 15 * Rates.SLOTS)).allMatch((address) -> rates.take(rates.key(address), START));
		assertThat(taken(rates, VICTIM, 100, 0)).isEqualTo(50);
	}

	@Test
	void zeroIsNoLimit() {
		assertThat(taken(rates(0), VICTIM, 1_000_000, 0)).isEqualTo(1_000_000);
	}

	@Test
	void saysWhyNothingWasSentAndWhatSetsTheLimit() {
		assertThat(rates(20_000).notSent().reason())
				.isEqualTo("no more than 20,000 datagrams a second go to one address"
						+ " (udp-probe.client.destination-datagrams-per-second)");
	}

	@ParameterizedTest
	@CsvSource({"-1", "10000001"})
	void aRateThatCannotBeCountedIsNone(int datagramsPerSecond) {
		assertThatIllegalArgumentException().isThrownBy(() -> rates(datagramsPerSecond));
	}

}
