package dev.udpprobe.probe;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Dialogue;
import dev.udpprobe.exchange.Exchange;
import dev.udpprobe.net.Labelled;
import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.outcome.RoundTrip;

/**
 * How a probe went, step by step. Written by the thread that has the probe at the moment, and for anybody when it is over.
 */
public final class ProbeLog {

	/** Enough for all tries and what they provoke. */
	private static final int MAX_ENTRIES = 40;

	private static final int MAX_BYTES = 256;

	/**
	 * What happened.
	 */
	public enum What implements Labelled {

		SENT, ANSWER, PART, STRAY

	}

	/**
	 * A datagram that left or came.
	 *
	 * @param after since the probe began
	 * @param beginning of its payload, at most 256 bytes, without what is secret
	 * @param length of its payload, in bytes
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Entry(Duration after, What what, byte[] beginning, int length) {}

	private final long startNanos = System.nanoTime();

	private final List<Entry> entries = new ArrayList<>(2);

	private @Nullable Duration lookup;

	private int omitted;

	/**
	 * The name has been looked up, with or without an address.
	 */
	void lookedUp() {
		this.lookup = elapsed();
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	private void add(Duration after, What what, byte[] shown) {
		if (this.entries.size() == MAX_ENTRIES) {
			this.omitted++;
			return;
		}
		this.entries.add(new Entry(after, what,
				(shown.length > MAX_BYTES) ? Arrays.copyOf(shown, MAX_BYTES) : shown, shown.length));
	}

	/**
	 * @return how long it took to know the address, which is a moment where the target was one; 0 if nobody got that far
	 */
	public Duration lookup() {
		return (this.lookup != null) ? this.lookup : Duration.ZERO;
	}

	/**
	 * @return what left and came, in order
	 */
	public List<Entry> entries() {
		return this.entries;
	}

	/**
	 * @return how much more there was, which is not kept
	 */
	public int omitted() {
		return this.omitted;
	}

	/**
	 * @param masking takes what is secret from a payload: from all of it, because the end of what is kept may be in the middle of
	 * a secret
	 * @param unsigning takes the proof of its signature from one that leaves
	 * @return the same dialogue, which is written down here
	 */
	Dialogue of(Dialogue dialogue, UnaryOperator<byte[]> masking, UnaryOperator<byte[]> unsigning) {
		return new Dialogue() {

			@Override
			public Send first(InetSocketAddress local) {
				return sent(dialogue.first(local));
			}

			@Override
			public Step received(ByteBuffer datagram) {
				byte[] payload = new byte[datagram.remaining()];
				datagram.get(datagram.position(), payload);
				Step step = dialogue.received(datagram);
				add(elapsed(), switch (step) {
					case As.STRAY -> What.STRAY;
					case As.PART -> What.PART;
					case As.ANSWER -> What.ANSWER;
					case Answer _ -> What.ANSWER;
					case Send _ -> What.PART;
				}, masking.apply(payload));
				if (step instanceof Send more) {
					sent(more);
				}
				return step;
			}

			@Override
			public @Nullable Send silent() {
				Send more = dialogue.silent();
				return (more != null) ? sent(more) : null;
			}

			private Send sent(Send send) {
				add(elapsed(), What.SENT, unsigning.apply(masking.apply(send.payload())));
				return send;
			}

		};
	}

	/**
	 * A message that no module made is about to leave.
	 * @param shown what may be seen of it
	 */
	void sends(byte[] shown) {
		add(elapsed(), What.SENT, shown);
	}

	/**
	 * An exchange is over that no module took part in.
	 */
	void ended(Exchange exchange) {
		ended(exchange.datagramsSent());
		Outcome outcome = exchange.outcome();
		switch (outcome) {
			case Outcome.Replied replied -> came(What.ANSWER, replied.reply(), outcome);
			case Outcome.Misaddressed misaddressed -> came(What.STRAY, misaddressed.reply(), outcome);
			case Outcome.Mismatched mismatched -> came(What.STRAY, mismatched.reply(), outcome);
			case Outcome.Refused _,Outcome.Unreachable _,Outcome.Expired _,Outcome.TooBig _,Outcome.NotSent _,Outcome.Unresolved _,Outcome.TimedOut _ ->
				{
				}
		}
	}

	/**
	 * It came before the exchange was over, if that waited for another one.
	 */
	private void came(What what, byte[] payload, Outcome outcome) {
		RoundTrip roundTrip = outcome.roundTrip();
		Duration sent = this.entries.isEmpty() ? Duration.ZERO : this.entries.getLast().after();
		add((roundTrip != null) ? sent.plusNanos(roundTrip.jvmNanos()) : elapsed(), what, payload);
	}

	/**
	 * It is over. What the kernel did not take was not sent.
	 * @param datagramsSent how many it took
	 */
	void ended(int datagramsSent) {
		long said = this.entries.stream().filter((entry) -> entry.what() == What.SENT).count();
		if (said > datagramsSent && this.entries.getLast().what() == What.SENT) {
			this.entries.removeLast();
		}
	}

}
