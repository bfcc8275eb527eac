package dev.udpprobe.access;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.Addresses;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedProxiesTests {

	private static final String PEER = "10.0.0.1";

	private static final TrustedProxies PROXIES = new TrustedProxies(
			Stream.of("10.0.0.0/8", "2001:db8::/32").map(AddressRange::of).toList());

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"192.0.2.7 | 192.0.2.7", "192.0.2.7:4711 | 192.0.2.7",
			"2001:db9::7 | 2001:db9::7", "[2001:db9::7] | 2001:db9::7", "[2001:db9::7]:4711 | 2001:db9::7",
			// The first ones may be lies.
			"127.0.0.1, 192.0.2.7 | 192.0.2.7", "127.0.0.1,192.0.2.7,10.0.0.2 , 2001:db8::1 | 192.0.2.7",
			// Where nobody else is, the first of the proxies asks for itself.
			"10.0.0.3, 10.0.0.2 | 10.0.0.3",
			// What nobody can read ends it.
			"192.0.2.7, unknown | 10.0.0.1", "192.0.2.7, _hidden, 10.0.0.2 | 10.0.0.2", "192.0.2.7, | 10.0.0.1",
			"'' | 10.0.0.1", "1.2.3 | 10.0.0.1", "localhost | 10.0.0.1", "999.1.1.1 | 10.0.0.1",
			"::ffff:192.0.2.7 | 192.0.2.7"})
	void goesBackToTheLastThatIsNoProxy(String chain, String client) {
		assertThat(client(PEER, List.of(chain), List.of())).isEqualTo(client);
	}

	@Test
	void severalHeadersAreOneList() {
		assertThat(client(PEER, List.of("127.0.0.1", "192.0.2.7", "10.0.0.2"), List.of())).isEqualTo("192.0.2.7");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"for=192.0.2.7 | 192.0.2.7", "For=\"192.0.2.7:4711\";proto=https | 192.0.2.7",
			"by=10.0.0.9;for=\"[2001:db9::7]:4711\" | 2001:db9::7", "for=127.0.0.1, for=192.0.2.7 | 192.0.2.7",
			"for=192.0.2.7, proto=https | 10.0.0.1", "xfor=192.0.2.7 | 10.0.0.1", "for=unknown | 10.0.0.1"})
	void readsForwarded(String forwarded, String client) {
		assertThat(client(PEER, List.of(), List.of(forwarded))).isEqualTo(client);
	}

	/**
	 * As long a header as there may be takes no time that could be noticed; a pattern that goes back takes minutes.
	 */
	@Test
	@Timeout(10)
	void aHeaderOfBlanksIsReadAtOnce() {
		String blanks = "for=" + " ".repeat(8_000) + "\"x\"y";
		for (int i = 0; i < 1_000; i++) {
			assertThat(client(PEER, List.of(blanks), List.of(blanks))).isEqualTo(PEER);
		}
	}

	@Test
	void whoeverIsNotTrustedIsNotBelieved() {
		assertThat(client("192.0.2.1", List.of("192.0.2.7"), List.of("for=192.0.2.7"))).isEqualTo("192.0.2.1");
		assertThat(PROXIES.isSecure(address("192.0.2.1"),
				new TrustedProxies.Said(List.of(), List.of("https"), List.of()))).isFalse();
	}

	/**
	 * A proxy that sets one may pass on the other one as it came.
	 */
	@Test
	void whereTheHeadersDisagreeNeitherIsBelieved() {
		assertThat(client(PEER, List.of("192.0.2.7"), List.of("for=192.0.2.8"))).isEqualTo(PEER);
		assertThat(client(PEER, List.of("192.0.2.7"), List.of("for=192.0.2.7"))).isEqualTo("192.0.2.7");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"https | '' | true", "HTTPS | '' | true", "http | '' | false",
			"https, http | '' | false", "'' | for=192.0.2.7;proto=https | true",
			"https | for=192.0.2.7;proto=http | false", "http | proto=https | false", "https | proto=https | true",
			"'' | for=192.0.2.7 | false"})
	void knowsWhoWasAskedByHttps(String proto, String forwarded, boolean secure) {
		assertThat(PROXIES.isSecure(address(PEER),
				new TrustedProxies.Said(List.of(), proto.isEmpty() ? List.of() : List.of(proto),
						forwarded.isEmpty() ? List.of() : List.of(forwarded))))
				.isEqualTo(secure);
	}

	private static String client(String peer, List<String> forwardedFor, List<String> forwarded) {
		return AddressText.of(
				PROXIES.client(address(peer), new TrustedProxies.Said(forwardedFor, List.of(), forwarded)));
	}

	private static InetAddress address(String text) {
		return Addresses.literal(text).orElseThrow();
	}

}
