package dev.udpprobe.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.path.Hop;

/**
 * A hop as JSON.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Hop")
record HopView(@Schema(description = "The TTL with which it was asked", example = "2") int hop,
		@Schema(description = "What came of the datagrams: of several outcomes the one that came farthest", example = "expired") String outcome,
		@Schema(description = "Who answered: mostly one router, or the target", example = "[\"10.0.1.1\"]") List<String> reporters,
		@Schema(description = "Datagrams sent", example = "3") int sent,
		@Schema(description = "Datagrams without an answer", example = "0") int lost,
		@Schema(description = "Microseconds until each answer") List<Double> roundTripMicros,
		@Schema(description = "Whose microseconds they are", allowableValues = {
				"kernel", "jvm"}) @Nullable String clock,
		@Schema(description = "The ICMP error of that outcome") ExchangeView.@Nullable IcmpView icmp){

	static HopView of(Hop hop) {
		List<RoundTrip> roundTrips = hop.roundTrips();
		// Times of two clocks cannot be compared, and the JVM's are always there.
		boolean jvm = roundTrips.stream().anyMatch((roundTrip) -> roundTrip.clock() == RoundTrip.Clock.JVM);
		RoundTrip.Clock clock = jvm ? RoundTrip.Clock.JVM : RoundTrip.Clock.KERNEL;
		return new HopView(hop.number(), hop.outcome().kind().label(),
				hop.reporters().stream().map(AddressText::of).toList(), hop.sent(), hop.lost(),
				roundTrips.stream()
						.map((roundTrip) -> ExchangeView.micros(jvm ? roundTrip.jvmNanos() : roundTrip.nanos()))
						.toList(),
				roundTrips.isEmpty() ? null : clock.label(), ExchangeView.IcmpView.of(hop.outcome().icmp()));
	}

}
