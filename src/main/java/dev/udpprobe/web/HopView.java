package dev.udpprobe.web;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.IcmpMeaning;
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

	/** What the outcome says as well. */
	private static final Set<String> SELF_EVIDENT = Set.of(IcmpMeaning.TTL_EXCEEDED.label(),
			IcmpMeaning.PORT_UNREACHABLE.label());

	/** Over the {@link #line() lines}. */
	static final String HEADINGS = "hop  sent  lost    best ms   worst ms  outcome      by";

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

	/**
	 * @return the hop as a row of a table
	 */
	String line() {
		DoubleSummaryStatistics micros = this.roundTripMicros.stream()
				.mapToDouble(Double::doubleValue)
				.summaryStatistics();
		boolean answered = micros.getCount() > 0;
		return String.format(Locale.ROOT, "%3d  %4d  %4d  %9s  %9s  %-11s  %s", this.hop, this.sent, this.lost,
				answered ? millis(micros.getMin()) : "-", answered ? millis(micros.getMax()) : "-", this.outcome, by());
	}

	private static String millis(double micros) {
		return String.format(Locale.ROOT, "%.3f", micros / 1e3);
	}

	private String by() {
		String who = this.reporters.isEmpty() ? "-" : String.join(", ", this.reporters);
		return (this.icmp == null || SELF_EVIDENT.contains(this.icmp.meaning()))
				? who
				: "%s (%s)".formatted(who, this.icmp.meaning());
	}

}
