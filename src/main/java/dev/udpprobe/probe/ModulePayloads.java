package dev.udpprobe.probe;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.Flow;
import dev.udpprobe.exchange.FlowDatagram;
import dev.udpprobe.module.Asked;
import dev.udpprobe.module.Judgement;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.outcome.Outcome;

/**
 * What a module asks, with fresh ids each time, and which question an answer is to. The module alone can tell,
 * by trying: first the question behind the one that was answered last, so that a normal answer is found at once;
 * then the others that wait, and at last some of those that are over. All answers together cost no more than 16
 * tries for each datagram that comes, and 64 for each that is sent, whatever the target floods this with.
 */
final class ModulePayloads implements PingPayloads {

	/** How many may wait at once. */
	private static final int WINDOW = 2_048;

	/** How many that are over are kept, to know duplicates and late answers. */
	static final int KEPT = 256;

	private static final int TRIES_PER_RECEIVED = 16;

	private static final int TRIES_PER_SENT = 64;

	private static final int MAX_TRIES = 2 * WINDOW;

	private final ModuleRequest request;

	private final String target;

	private final UnaryOperator<byte[]> signing;

	private final Duration timeout;

	private final PingNumbers numbers;

	private final @Nullable Asked[] asked;

	private final BitSet over = new BitSet();

	private int sent;

	/** From here on there may be one that is kept. */
	private int oldest;

	private int expected;

	/** Tries that all answers together have left. */
	private int tries;

	/** Tries that this answer has left. */
	private int ownTries;

	/**
	 * @param target as it is named: host and port
	 * @param signing what becomes of each datagram before it is sent
	 */
	ModulePayloads(ModuleRequest request, String target, UnaryOperator<byte[]> signing, Duration timeout,
			PingNumbers numbers) {
		this.request = request;
		this.target = target;
		this.signing = signing;
		this.timeout = timeout;
		this.numbers = numbers;
		this.asked = new Asked[numbers.count()];
	}

	@Override
	public CompletableFuture<FlowDatagram> send(Flow flow, int number) {
		Asked next = this.request.ask(this.target, flow.local());
		add(this.numbers.indexOf(number), next);
		return flow.send(number, this.signing.apply(next.datagram()), this.timeout);
	}

	@Override
	public int window() {
		return WINDOW;
	}

	/**
	 * @param waiting how many may wait at one port
	 * @return how many a ping keeps at once, at all of its ports
	 */
	static int kept(Ping.Settings settings, int waiting) {
		return Math.min(settings.count(), (Math.min(waiting, WINDOW) + KEPT) * settings.flows());
	}

	synchronized void add(int index, Asked next) {
		this.asked[index] = next;
		this.sent = index + 1;
		this.tries = Math.min(this.tries + TRIES_PER_SENT, MAX_TRIES);
		forget(index - KEPT);
	}

	private void forget(int index) {
		if (index >= 0 && this.over.get(index)) {
			this.asked[index] = null;
			while (this.oldest < this.sent && this.asked[this.oldest] == null) {
				this.oldest++;
			}
		}
	}

	@Override
	public synchronized Judgement over(int number, Outcome outcome, Duration waited) {
		int index = this.numbers.indexOf(number);
		Asked question = this.asked[index];
		this.over.set(index);
		if (index <= this.sent - 1 - KEPT) {
			forget(index);
		}
		if (outcome instanceof Outcome.TimedOut && waited.compareTo(this.timeout) < 0) {
			// Of a module for which silence is good, it was too short.
			return new Judgement(false, "the ping ended before the time was over", new LinkedHashMap<>(), "");
		}
		return this.request.judge(outcome,
				(question != null && outcome instanceof Outcome.Replied replied)
						? question.answer(replied.reply())
						: null);
	}

	@Override
	public synchronized long answered(ByteBuffer payload) {
		byte[] datagram = new byte[payload.remaining()];
		payload.get(payload.position(), datagram);
		this.ownTries = TRIES_PER_RECEIVED;
		int found = findWaiting(datagram);
		if (found >= 0) {
			this.expected = Math.max(this.expected, found + 1);
		}
		else {
			found = findOver(datagram);
		}
		return (found >= 0) ? this.numbers.at(found) : STRAY;
	}

	private int findWaiting(byte[] datagram) {
		for (int index = this.expected; index < this.sent; index++) {
			if (!this.over.get(index) && isAnswered(index, datagram)) {
				return index;
			}
		}
		for (int index = this.expected - 1; index >= this.oldest; index--) {
			if (!this.over.get(index) && isAnswered(index, datagram)) {
				return index;
			}
		}
		return -1;
	}

	private int findOver(byte[] datagram) {
		for (int index = this.sent - 1; index >= this.oldest; index--) {
			if (this.over.get(index) && isAnswered(index, datagram)) {
				return index;
			}
		}
		return -1;
	}

	private boolean isAnswered(int index, byte[] datagram) {
		Asked question = this.asked[index];
		if (question == null || (this.ownTries == 0 && this.tries == 0)) {
			return false;
		}
		if (this.ownTries > 0) {
			this.ownTries--;
		}
		else {
			this.tries--;
		}
		return question.answer(datagram) != null;
	}

	/**
	 * The flow compares what is quoted with what waits.
	 */
	@Override
	public long quoted(ByteBuffer payload) {
		return OLDEST;
	}

}
