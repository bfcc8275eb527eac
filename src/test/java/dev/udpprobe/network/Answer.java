package dev.udpprobe.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.web.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service says of an exchange.
 */
record Answer(Http.Answer http, Mode mode) {

	private static final Map<String, Integer> STATUS = Map.of("replied", 200, "refused", 502, "unreachable", 502,
			"expired", 502, "not-sent", 502, "too-big", 413, "misaddressed", 502, "mismatched", 502,
			"timed-out", 504);

	Answer hasOutcome(String outcome) {
		assertThat(this.http.json()).as(text()).containsEntry("outcome", outcome);
		assertThat(this.http.status()).as(text()).isEqualTo(STATUS.get(outcome));
		return this;
	}

	/**
	 * Asserts that the service cannot do what a field asks for.
	 */
	void lacks(String field) {
		assertThat(this.http.problem(501)).containsEntry("field", field);
	}

	/**
	 * Asserts that it is the evidence of an ICMP message.
	 * @param message its type and code, such as {@code 3/1}
	 */
	Answer hasIcmp(String message, String meaning, String reporter) throws UnknownHostException {
		Map<?, ?> icmp = Objects.requireNonNull(icmp(), this::text);
		assertThat(icmp.get("type") + "/" + icmp.get("code")).as(text()).isEqualTo(message);
		assertThat(icmp.get("meaning")).as(text()).isEqualTo(meaning);
		assertThat(InetAddress.getByName((String) icmp.get("reporter"))).as(text())
				.isEqualTo(InetAddress.getByName(reporter));
		assertThat(this.http.json()).as(text()).containsKey("roundTripMicros");
		return this;
	}

	/**
	 * Asserts that it says nothing of ICMP that the JDK alone cannot know.
	 */
	Answer hasNoIcmp() {
		Map<?, ?> icmp = icmp();
		if (icmp != null) {
			assertThat(this.http.json()).as(text()).containsEntry("outcome", "refused");
			assertThat(icmp.containsKey("reporter")).as(text()).isFalse();
		}
		return this;
	}

	Answer has(String field, Object value) {
		assertThat(this.http.json()).as(text()).containsEntry(field, value);
		return this;
	}

	Answer hasNot(String field) {
		assertThat(this.http.json()).as(text()).doesNotContainKey(field);
		return this;
	}

	Answer says(String reason) {
		assertThat((String) this.http.json().get("detail")).as(text()).contains(reason);
		return this;
	}

	String field(String name) {
		return String.valueOf(this.http.json().get(name));
	}

	private @Nullable Map<?, ?> icmp() {
		return (Map<?, ?>) this.http.json().get("icmp");
	}

	String text() {
		return this.http.text();
	}

}
