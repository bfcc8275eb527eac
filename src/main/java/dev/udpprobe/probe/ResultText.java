package dev.udpprobe.probe;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.Target;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.outcome.IcmpMeaning;
import dev.udpprobe.outcome.IcmpMessage;
import dev.udpprobe.outcome.Outcome;

/**
 * What came of an exchange, in a sentence. What a peer says is in it as it came.
 */
public final class ResultText {

	private ResultText() {}

	/**
	 * @return a sentence
	 */
	public static String detail(SendResult result) {
		InetSocketAddress remote = result.exchange().remote();
		String to = address(result);
		SendResult.Judged judged = result.judged();
		if (judged == null) {
			return detail(result, to, remote);
		}
		String named = subject(result);
		String sentence = judged.judgement().sentence();
		return switch (result.outcome()) {
			case Outcome.Replied replied -> judged(named, replied, judged.judgement());
			case Outcome.TimedOut _ when !sentence.isEmpty() ->
				"%s was silent for %d ms%s %s.".formatted(named, result.timeout().toMillis(),
						judged.judgement().pass() ? ":" : "; perhaps", sentence);
			default -> detail(result, named, remote);
		};
	}

	/**
	 * @return what the sentence of a module begins with: the target's name, if it has one, and its address
	 */
	public static String subject(SendResult result) {
		String to = address(result);
		String name = result.target().name();
		return (name.equals(Target.AD_HOC) || name.equals(to)) ? to : name + " (" + to + ")";
	}

	/**
	 * @return what a target is called: its name, or its address if it has none
	 */
	public static String name(Target target) {
		return target.name().equals(Target.AD_HOC) ? target.address().toString() : target.name();
	}

	private static String address(SendResult result) {
		InetSocketAddress remote = result.exchange().remote();
		return (remote != null) ? AddressText.of(remote) : result.target().address().toString();
	}

	/**
	 * @return what the answer says, which is a peer's text, and why it is not good
	 */
	private static String judged(String to, Outcome.Replied replied, Judgement judgement) {
		String said = judgement.sentence();
		String what = to + " replied" + ((replied.from() != null) ? " from " + AddressText.of(replied.from()) : "")
				+ (said.isEmpty() ? "" : ": " + said + ",") + " in "
				+ BigDecimal.valueOf((replied.roundTrip().nanos() + 500) / 1_000, 3) + " ms";
		return judgement.pass() ? what : what + ", which is not good: " + judgement.reason();
	}

	private static String detail(SendResult result, String to, @Nullable InetSocketAddress remote) {
		return switch (result.outcome()) {
			case Outcome.Replied replied ->
				String.format(Locale.ROOT, "%s replied with %,d bytes.", replier(replied.from(), to),
						replied.length());
			case Outcome.Refused refused -> refusal(to, remote, refused.icmp());
			case Outcome.Unreachable unreachable ->
				"%s is unreachable: %s (ICMP%s).".formatted(to, unreachable.reason(),
						reporter(unreachable.icmp()));
			case Outcome.Expired expired -> "%s was not reached: %s (ICMP time exceeded%s).".formatted(to,
					expired.icmp().meaning() == IcmpMeaning.TTL_EXCEEDED
							? "the TTL ran out"
							: "its fragments were not complete in time",
					reporter(expired.icmp()));
			case Outcome.Misaddressed misaddressed ->
				"%s was silent, but %s replied; a connected socket would not have heard it."
						.formatted(to, AddressText.of(misaddressed.from()));
			case Outcome.Mismatched mismatched -> String.format(Locale.ROOT,
					"%s answered, but not what was asked: %s no answer.", replier(mismatched.from(), to),
					count(result.exchange().strays()));
			case Outcome.TooBig tooBig ->
				"Nothing reached %s: %s%s.".formatted(to, tooBig.reason(),
						(tooBig.icmp() != null) ? " (ICMP%s)".formatted(reporter(tooBig.icmp())) : "");
			case Outcome.NotSent notSent -> "Nothing was %s %s: %s.".formatted(
					result.exchange().sent() ? "heard from" : "sent to", to, notSent.reason());
			case Outcome.Unresolved unresolved -> "Nothing was sent: %s.".formatted(unresolved.reason());
			case Outcome.TimedOut _ -> "%s was silent for %d ms.".formatted(to, result.timeout().toMillis());
		};
	}

	private static String count(int datagrams) {
		return (datagrams == 1) ? "1 datagram was" : String.format(Locale.ROOT, "%,d datagrams were", datagrams);
	}

	private static String refusal(String to, @Nullable InetSocketAddress remote, IcmpMessage icmp) {
		return isOfTarget(icmp, remote)
				? to + " refused: nobody listens on that port (ICMP port unreachable)."
				: "%s refused for %s, though it is not that host (ICMP port unreachable)."
						.formatted(AddressText.orNull(icmp.reporter()), to);
	}

	private static String reporter(@Nullable IcmpMessage icmp) {
		return (icmp != null && icmp.reporter() != null) ? " from " + AddressText.of(icmp.reporter()) : "";
	}

	/**
	 * @param remote that the datagram went to; null if nobody knows
	 * @return whether the ICMP error comes from the target itself, as far as that is known
	 */
	public static boolean isOfTarget(IcmpMessage icmp, @Nullable InetSocketAddress remote) {
		InetAddress reporter = icmp.reporter();
		return reporter == null || remote == null || reporter.equals(remote.getAddress());
	}

	/**
	 * @param from who replied, where it is not the target
	 * @param target as text
	 * @return who replied
	 */
	public static String replier(@Nullable InetSocketAddress from, String target) {
		return (from != null) ? AddressText.of(from) : target;
	}

}
