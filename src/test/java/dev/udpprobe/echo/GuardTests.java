package dev.udpprobe.echo;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.Slot;

import static org.assertj.core.api.Assertions.assertThat;

class GuardTests {

	private static final long SECOND = 1_000_000_000;

	private static final byte[] GREETING = Arrivals.bytes("Hi, ");

	/** The clock turns over between two datagrams. */
	private static final long START = Long.MAX_VALUE - SECOND / 2;

	private static Guard guard(List<String> allowed, List<String> deniedPorts, RateLimit perSource, RateLimit total) {
		GuardSettings settings = new GuardSettings(allowed.stream().map(AddressRange::of).toList(),
				deniedPorts.stream().map(PortRange::of).toList(), true, perSource, total);
		return new Guard(settings, GREETING, START, List.of(AddressRange.of("192.0.2.255")));
	}

	private static Guard guard(RateLimit perSource, RateLimit total) {
		return guard(List.of(), List.of(), perSource, total);
	}

	private static @Nullable DropReason ask(Guard guard, String address, int port) {
		return dropReason(guard, Arrivals.datagram(address, port), START);
	}

	private static long answered(Guard guard, String address, int length, int times, long afterNanos) {
		Slot datagram = Arrivals.datagram(address, 4_000, new byte[length], false);
		return Stream.generate(() -> dropReason(guard, datagram, START + afterNanos)).limit(times)
				.filter((reason) -> reason == null).count();
	}

	private static @Nullable DropReason dropReason(Guard guard, Slot datagram, long nowNanos) {
		DropReason reason = guard.dropReason(datagram);
		return (reason != null) ? reason : guard.rateDropReason(datagram, nowNanos);
	}

	@ParameterizedTest
	@CsvSource({"0.0.0.0,4000", "0.1.2.3,4000", "255.255.255.255,4000", "192.0.2.255,4000", "224.0.0.1,4000",
			"239.255.255.255,4000", "::,4000", "ff02::1,4000", "ff05::1:3,4000", "192.0.2.1,0", "2001:db8::1,0",
			"127.0.0.1,0"})
	void answersNobodyWhereNobodyIsOrMany(String address, int port) {
		Guard guard = guard(RateLimit.NONE, RateLimit.NONE);
		assertThat(ask(guard, address, port)).isEqualTo(EchoDrop.SOURCE_INVALID);
		assertThat(guard.dropReason(Arrivals.datagram(address, port))).isEqualTo(EchoDrop.SOURCE_INVALID);
	}

	@ParameterizedTest
	@CsvSource({"192.0.2.254,4000", "192.0.2.0,4000", "1.0.0.0,4000", "223.255.255.255,1", "240.0.0.1,65535",
			"255.255.255.254,4000", "::1,4000", "::2,4000", "fe80::1%1,4000", "feff::1,4000", "127.255.255.255,4000"})
	void answersEverybodyElse(String address, int port) {
		assertThat(ask(guard(RateLimit.NONE, RateLimit.NONE), address, port)).isNull();
	}

	@Test
	void answersNothingThatWasSentToMany() {
		Guard guard = guard(RateLimit.NONE, RateLimit.NONE);
		assertThat(dropReason(guard, Arrivals.datagram("192.0.2.1", 4_000, GREETING, true), START))
				.isEqualTo(EchoDrop.SENT_TO_MANY);
	}

	@ParameterizedTest
	@CsvSource({"10.0.0.1,true", "10.255.255.255,true", "11.0.0.1,false", "192.0.2.7,true", "192.0.2.8,false",
			"127.0.0.1,false", "2001:db8::1,true", "2001:db9::1,false", "::1,false"})
	void answersOnlyTheAllowedWhereThereAreAny(String address, boolean allowed) {
		Guard guard = guard(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32"), List.of(), RateLimit.NONE,
				RateLimit.NONE);
		assertThat(ask(guard, address, 4_000)).isEqualTo(allowed ? null : EchoDrop.SOURCE_NOT_ALLOWED);
	}

	@ParameterizedTest
	@CsvSource({"6,", "7,SOURCE_PORT", "8,", "52,", "53,SOURCE_PORT", "60,SOURCE_PORT", "61,", "65535,SOURCE_PORT",
			"65534,", "7007,LOOP", "7008,LOOP", "7006,"})
	void answersNoPortOfServicesNorItsOwn(int port, @Nullable EchoDrop reason) {
		Guard guard = guard(List.of(), List.of("7", "53-60", "65535"), RateLimit.NONE, RateLimit.NONE);
		guard.listensOn(7_007, 7_008);
		assertThat(ask(guard, "127.0.0.1", port)).isEqualTo(reason);
		assertThat(ask(guard, "2001:db8::1", port)).isEqualTo(reason);
	}

	@Test
	void answersNoLoop() {
		Guard guard = guard(RateLimit.NONE, RateLimit.NONE);
		assertThat(dropReason(guard, Arrivals.datagram("192.0.2.1", 4_000, Arrivals.bytes("Hi, Hi, Hi, Hi, x"), false),
				START)).isEqualTo(EchoDrop.LOOP);
	}

	@Test
	void answersASourceNoMoreThanItMayHaveAndOthersStill() {
		Guard guard = guard(new RateLimit(10, 0), RateLimit.NONE);
		assertThat(answered(guard, "192.0.2.1", 5, 100, 0)).isEqualTo(10);
		assertThat(ask(guard, "192.0.2.1", 5_000)).as("whatever its port").isEqualTo(EchoDrop.SOURCE_RATE);
		assertThat(answered(guard, "192.0.2.2", 5, 100, 0)).isEqualTo(10);
		assertThat(answered(guard, "192.0.2.1", 5, 100, SECOND / 2)).isEqualTo(5);
		assertThat(answered(guard, "192.0.2.1", 5, 100, 100 * SECOND)).isEqualTo(10);
	}

	@Test
	void takesANetworkOfIpv6ForOneSource() {
		Guard guard = guard(new RateLimit(1, 0), RateLimit.NONE);
		assertThat(ask(guard, "2001:db8::1", 4_000)).isNull();
		assertThat(ask(guard, "2001:db8::ffff:0:0:1", 4_000)).isEqualTo(EchoDrop.SOURCE_RATE);
		assertThat(ask(guard, "2001:db8:0:1::1", 4_000)).isNull();
	}

	@Test
	void countsTheBytesOfReplies() {
		Guard guard = guard(new RateLimit(0, 1_000), RateLimit.NONE);
		assertThat(answered(guard, "192.0.2.1", 96, 100, 0)).as("100 with the greeting").isEqualTo(10);
		assertThat(answered(guard, "192.0.2.1", 0, 100, 0)).isZero();
		assertThat(answered(guard, "192.0.2.2", 65_503, 100, 0)).as("more than a second's, once").isEqualTo(1);
		assertThat(answered(guard, "192.0.2.2", 0, 1, 64 * SECOND)).isZero();
		assertThat(answered(guard, "192.0.2.2", 0, 1, 65 * SECOND)).isEqualTo(1);
	}

	@Test
	void answersAllTogetherNoMoreThanTheyMayHave() {
		Guard guard = guard(RateLimit.NONE, new RateLimit(10, 0));
		for (int i = 1; i <= 10; i++) {
			assertThat(ask(guard, "192.0.2." + i, 4_000)).isNull();
		}
		assertThat(ask(guard, "192.0.2.11", 4_000)).isEqualTo(EchoDrop.TOTAL_RATE);
		assertThat(answered(guard, "192.0.2.11", 5, 100, SECOND)).isEqualTo(10);
	}

	@Test
	void whatIsRefusedCostsNothing() {
		Guard guard = guard(new RateLimit(2, 0), new RateLimit(4, 0));
		assertThat(answered(guard, "192.0.2.1", 5, 100, 0)).isEqualTo(2);
		assertThat(answered(guard, "192.0.2.2", 5, 100, 0)).isEqualTo(2);
		assertThat(ask(guard, "192.0.2.3", 4_000)).isEqualTo(EchoDrop.TOTAL_RATE);
		assertThat(answered(guard, "192.0.2.3", 5, 100, SECOND / 2)).as("what was dropped of the others took nothing")
				.isEqualTo(2);
		assertThat(ask(guard, "0.0.0.0", 4_000)).isEqualTo(EchoDrop.SOURCE_INVALID);
	}

	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
	void loopbackHasNoLimit(String address) {
		Guard guard = guard(new RateLimit(1, 1), new RateLimit(1, 1));
		assertThat(answered(guard, address, 5, 1_000, 0)).isEqualTo(1_000);
		assertThat(ask(guard, "192.0.2.1", 4_000)).as("nor does it take anything from the others").isNull();
	}

	@Test
	void timesThatWereTakenTheOtherWayRoundDoNoHarm() {
		Guard guard = guard(new RateLimit(10, 0), new RateLimit(10, 0));
		assertThat(answered(guard, "192.0.2.1", 5, 5, -SECOND)).isEqualTo(5);
		assertThat(answered(guard, "192.0.2.1", 5, 100, 0)).isEqualTo(5);
	}

	@Test
	void theHostsOwnAddressesAreNoBroadcastAddresses() throws SocketException {
		List<AddressRange> broadcast = BroadcastAddresses.ofThisHost();
		List<AddressRange> own = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
				.map((address) -> AddressRange.of(address)).toList();
		assertThat(own).isNotEmpty().doesNotContainAnyElementsOf(broadcast);
	}

}
