package dev.udpprobe.web;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.path.PathMtu;
import dev.udpprobe.probe.SendResult;

/**
 * What a path takes, as JSON.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Mtu")
record MtuView(@Schema(description = "What came of a datagram of that length", allowableValues = {
		"replied", "refused"}) String outcome,
		@Schema(description = "How it is known, as a sentence") String detail, String target,
		@Nullable String remoteAddress, @Nullable String localAddress,
		@Schema(description = "The longest payload that gets there unfragmented and is answered, in bytes", example = "1372") int largestPayload,
		@Schema(description = "The same with the headers of UDP and IP", example = "1400") int pathMtu,
		@Schema(description = "How it is known that a longer one does not", allowableValues = {
				"icmp", "local", "silence", "protocol", "unfinished"}) String evidence,
		@Schema(description = "The router that said so", example = "10.0.2.1") @Nullable String reporter){

	static MtuView of(SendResult result, PathMtu mtu) {
		ExchangeView view = ExchangeView.of(result);
		String reporter = AddressText.orNull(mtu.reporter());
		return new MtuView(view.outcome(), detail(mtu, reporter), view.target(), view.remoteAddress(),
				view.localAddress(), mtu.payload(), mtu.packet(), mtu.evidence().label(), reporter);
	}

	private static String detail(PathMtu mtu, @Nullable String reporter) {
		String why = switch (mtu.evidence()) {
			case ICMP -> reporter + " says so";
			case LOCAL -> "this host sends nothing longer there";
			case SILENCE -> "longer ones vanish, or their answers do, and nobody says why";
			case PROTOCOL -> "that is the maximum of IP";
			case UNFINISHED -> "it may take longer ones, but the search ended too early to tell";
		};
		return String.format(Locale.ROOT, "The path takes packets of %,d bytes: %s.", mtu.packet(), why);
	}

	/**
	 * @return lines with what a person wants to know
	 */
	String table() {
		return String.format(Locale.ROOT, """
				target    %s
				payload   %,d bytes
				packet    %,d bytes
				evidence  %s

				%s""",
				this.target.equals(this.remoteAddress)
						? this.target
						: "%s (%s)".formatted(this.target, this.remoteAddress),
				this.largestPayload, this.pathMtu, this.evidence, this.detail);
	}

}
