package dev.udpprobe.module;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Dialogue;
import dev.udpprobe.module.ModuleSpec.Again;
import dev.udpprobe.net.PayloadLimits;
import dev.udpprobe.outcome.Outcome;

/**
 * What a module says and hears in one exchange. For the exchange, and when it is over for whoever has it.
 */
public final class ModuleDialogue implements Dialogue {

	static final int MAX_TRIES = 10;

	private static final int MAX_FOLLOW_UPS = 3;

	private static final String UNANSWERED = "the second datagram, which it has asked for, was lost or not taken";

	private final Function<InetSocketAddress, Said> opening;

	private final ProbeModule.Tries tries;

	private final Verdicts verdicts;

	private final Duration timeout;

	private final UnaryOperator<byte[]> signing;

	/** In the order in which they left. */
	private final List<Said> said = new ArrayList<>();

	private long endNanos;

	private int tried;

	private int followUps;

	private @Nullable Judgement judgement;

	ModuleDialogue(Function<InetSocketAddress, Said> opening, ProbeModule.Tries tries, Verdicts verdicts,
			Duration timeout, UnaryOperator<byte[]> signing) {
		this.opening = opening;
		this.tries = tries;
		this.verdicts = verdicts;
		this.timeout = timeout;
		this.signing = signing;
	}

	@Override
	public Send first(InetSocketAddress local) {
		this.endNanos = System.nanoTime() + this.timeout.toNanos();
		return send(this.opening.apply(local), this.timeout);
	}

	private Send send(Said next, Duration left) {
		this.said.add(next);
		this.tried++;
		List<Duration> waits = this.tries.waits();
		boolean last = this.tried >= waits.size() || left.compareTo(waits.get(this.tried - 1)) <= 0;
		return new Send(this.signing.apply(next.datagram()), last ? left : waits.get(this.tried - 1));
	}

	/**
	 * An answer to any of the datagrams is one: a late one to an earlier try, too. Where all were the same, it counts for the last.
	 */
	@Override
	public Step received(ByteBuffer datagram) {
		byte[] bytes = Match.bytes(datagram);
		for (int i = this.said.size() - 1; i >= 0; i--) {
			boolean same = i + 1 < this.said.size() && this.said.get(i) == this.said.get(i + 1);
			Judgement found = same ? null : this.verdicts.judge(this.said.get(i), bytes);
			if (found != null) {
				this.judgement = found;
				return (this.tries.again() == Again.SAME) ? As.ANSWER : new Answer(i);
			}
		}
		Said more = (this.followUps < MAX_FOLLOW_UPS) ? this.said.getLast().followUp(bytes) : null;
		Duration left = left();
		if (more == null || more.datagram().length > PayloadLimits.MAX_IPV4 || !left.isPositive()) {
			return As.STRAY;
		}
		this.followUps++;
		// The tries begin anew, with what is asked now.
		this.tried = 0;
		return send(more, left);
	}

	private Duration left() {
		return Duration.ofNanos(this.endNanos - System.nanoTime());
	}

	@Override
	public @Nullable Send silent() {
		Duration left = left();
		if (this.tried >= this.tries.waits().size() || !left.isPositive()
				|| this.said.size() >= MAX_TRIES + MAX_FOLLOW_UPS) {
			return null;
		}
		Said last = this.said.getLast();
		return send((this.tries.again() == Again.SAME) ? last : last.again(this.tried + 1), left);
	}

	/**
	 * @return how many datagrams an answer asked for
	 */
	public int followUps() {
		return this.followUps;
	}

	/**
	 * @param outcome of the exchange, which is over
	 * @param informed whether the socket heard of refusals; if not, silence says nothing
	 */
	public Judgement judge(Outcome outcome, boolean informed) {
		return (this.followUps > 0 && outcome instanceof Outcome.TimedOut)
				? Judgement.withoutAnswer(false, UNANSWERED)
				: this.verdicts.judge(outcome, this.judgement, informed);
	}

}
