package dev.udpprobe.monitor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.module.FieldValue;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.probe.SendResult;

/**
 * The last round of a target, of which the most is numbers. Those of thousands of targets change all the time. Every collection of
 * garbage would copy them all, if each were a tree of fresh objects, and it looks at every object in which a reference was written
 * since the one before, so what is as it was is not written. For one thread at a time.
 */
final class LastRound {

	/** In characters: of an answer that says more, the fields are not kept. */
	private static final int MAX_TEXT = 1_200;

	private static final byte[] NOTHING = {};

	private long timeMillis;

	private boolean pass;

	private int datagramsSent;

	private int bytesSent;

	private int strays;

	private int tries;

	private int replyLength;

	private long roundTripNanos;

	private long jvmNanos;

	private RoundTrip.Clock clock = RoundTrip.Clock.JVM;

	/** Null for a plain reply, which is numbers. */
	private @Nullable Outcome outcome;

	private @Nullable InetSocketAddress remote;

	private @Nullable InetAddress localAddress;

	private int localPort;

	private @Nullable ModuleRequest request;

	private @Nullable Judgement judgement;

	private long timeoutNanos;

	void set(Round round) {
		SendResult result = round.result();
		Exchange exchange = result.exchange();
		this.timeMillis = round.time().toEpochMilli();
		this.pass = round.pass();
		this.datagramsSent = exchange.datagramsSent();
		this.bytesSent = exchange.bytesSent();
		this.strays = exchange.strays();
		this.timeoutNanos = result.timeout().toNanos();
		if (!Objects.equals(exchange.remote(), this.remote)) {
			this.remote = exchange.remote();
		}
		setLocal(exchange.local());
		setOutcome(exchange.outcome());
		setJudged(result.judged());
	}

	private void setLocal(@Nullable InetSocketAddress local) {
		this.localPort = (local != null) ? local.getPort() : 0;
		InetAddress address = (local != null) ? local.getAddress() : null;
		if (!Objects.equals(address, this.localAddress)) {
			this.localAddress = address;
		}
	}

	private void setJudged(SendResult.@Nullable Judged judged) {
		ModuleRequest asked = (judged != null) ? judged.request() : null;
		if (asked != this.request) {
			this.request = asked;
		}
		this.tries = (judged != null) ? judged.tries() : 0;
		Judgement bounded = (judged != null) ? bounded(judged.judgement()) : null;
		if (!Objects.equals(bounded, this.judgement)) {
			this.judgement = bounded;
		}
	}

	private void setOutcome(Outcome next) {
		if (next instanceof Outcome.Replied replied && replied.from() == null) {
			this.outcome = null;
			this.replyLength = replied.length();
			this.roundTripNanos = replied.roundTrip().nanos();
			this.jvmNanos = replied.roundTrip().jvmNanos();
			this.clock = replied.roundTrip().clock();
			return;
		}
		this.outcome = switch (next) {
			case Outcome.Replied replied -> replied.withoutReply();
			case Outcome.Mismatched mismatched -> mismatched.withoutReply();
			case Outcome.Misaddressed misaddressed -> misaddressed.withoutReply();
			case Outcome same -> same;
		};
		this.replyLength = (next instanceof Outcome.Replied replied) ? replied.length() : 0;
	}

	/**
	 * What a peer says must not fill the memory.
	 */
	private static Judgement bounded(Judgement judged) {
		String reason = judged.reason();
		int length = judged.sentence().length() + ((reason != null) ? reason.length() : 0);
		for (FieldValue value : judged.fields().values()) {
			length += length(value);
		}
		return (length <= MAX_TEXT)
				? judged
				: new Judgement(judged.pass(), (reason != null) ? shortened(reason) : null, new LinkedHashMap<>(),
						shortened(judged.sentence()));
	}

	private static int length(FieldValue value) {
		return switch (value) {
			case FieldValue.Number _,FieldValue.Time _ -> 1;
			case FieldValue.Code(_, String name) -> name.length();
			case FieldValue.Text(String text) -> text.length();
			case FieldValue.Bytes(byte[] bytes) -> bytes.length;
			case FieldValue.Texts(List<String> texts) -> texts.stream().mapToInt(String::length).sum();
		};
	}

	private static String shortened(String text) {
		return text.substring(0, Math.min(text.length(), MAX_TEXT / 4));
	}

	boolean pass() {
		return this.pass;
	}

	/**
	 * @return null before the first
	 */
	@Nullable
	Round round(TargetSpec spec) {
		if (this.timeMillis == 0) {
			return null;
		}
		Outcome came = (this.outcome != null)
				? this.outcome
				: new Outcome.Replied(NOTHING, this.replyLength,
						new RoundTrip(this.roundTripNanos, this.clock, this.jvmNanos), null);
		SendResult.Judged judged = (this.request != null && this.judgement != null)
				? new SendResult.Judged(this.request, this.judgement, this.tries)
				: null;
		return new Round(Instant.ofEpochMilli(this.timeMillis), new SendResult(spec.target(),
				Duration.ofNanos(this.timeoutNanos),
				new Exchange(this.remote,
						(this.localAddress != null) ? new InetSocketAddress(this.localAddress, this.localPort) : null,
						this.datagramsSent, this.bytesSent, List.of(), this.strays, came),
				judged));
	}

	/**
	 * @return whether there was none yet
	 */
	boolean isNone() {
		return this.timeMillis == 0;
	}

}
