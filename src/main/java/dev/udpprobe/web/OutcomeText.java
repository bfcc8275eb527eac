package dev.udpprobe.web;

import java.net.InetSocketAddress;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

/**
 * What an outcome is in a line.
 */
final class OutcomeText {

	private OutcomeText() {}

	/**
	 * @return the outcome, who said so, how long it took and what it means, in one line
	 */
	static String line(SendResult result) {
		if (result.judged() != null) {
			return ReplyText.printable(ResultText.detail(result));
		}
		InetSocketAddress remote = result.exchange().remote();
		Outcome outcome = result.outcome();
		String what = switch (outcome) {
			case Outcome.Replied replied when remote != null ->
				who(replied, ResultText.replier(replied.from(), AddressText.of(remote)));
			case Outcome.Misaddressed misaddressed -> who(misaddressed, AddressText.of(misaddressed.from()));
			case Outcome.Mismatched mismatched when remote != null ->
				who(mismatched, ResultText.replier(mismatched.from(), AddressText.of(remote)));
			case Outcome.Refused refused -> who(refused, AddressText.orNull(refused.icmp().reporter()));
			default -> who(outcome, null);
		};
		String why = switch (outcome) {
			case Outcome.Replied replied -> ReplyText.line(replied.reply());
			case Outcome.Misaddressed misaddressed -> ReplyText.line(misaddressed.reply());
			case Outcome.Mismatched mismatched -> ReplyText.line(mismatched.reply());
			case Outcome.Refused refused when remote != null -> ResultText.isOfTarget(refused.icmp(), remote)
					? "nobody listens on port " + remote.getPort()
					: "it is not the host of " + AddressText.of(remote);
			default -> ResultText.detail(result);
		};
		return what + ": " + why;
	}

	private static String who(Outcome outcome, @Nullable String who) {
		RoundTrip roundTrip = outcome.roundTrip();
		return outcome.kind().label() + ((who != null) ? " by " + who : "")
				+ ((roundTrip != null) ? String.format(Locale.ROOT, " in %.3f ms", roundTrip.nanos() / 1e6) : "");
	}

}
