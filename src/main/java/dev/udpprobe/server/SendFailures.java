package dev.udpprobe.server;

import java.io.IOException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.LogBudget;
import dev.udpprobe.net.PeerAddress;

/**
 * Whether the host lets replies leave at all. Whoever forges sources can make replies fail, but
 * cannot make the host deny what it sends to itself: so when many have failed, that is tried.
 * Of the receiving thread; any thread may ask for the {@link #reason}.
 */
final class SendFailures {

	private static final LogAccessor logger = new LogAccessor(SendFailures.class);

	/** So many in a row, and no reply between them, call for a trial. */
	private static final int MANY = 10;

	private static final long BETWEEN_TRIALS_NANOS = 1_000_000_000;

	private final LogBudget logBudget = new LogBudget(1);

	private int inARow;

	private long triedNanos;

	private volatile @Nullable String reason;

	/**
	 * @param nowNanos {@link System#nanoTime}
	 */
	SendFailures(long nowNanos) {
		this.triedNanos = nowNanos - BETWEEN_TRIALS_NANOS;
	}

	/**
	 * Sends something that needs nobody else.
	 */
	@FunctionalInterface
	interface Trial {

		/**
		 * @return whether it left; nothing can be told if not
		 * @throws IOException if the host denies it
		 */
		boolean run() throws IOException;

	}

	/**
	 * Notes that a reply has left.
	 */
	void replyLeft() {
		if (this.inARow > 0) {
			this.inARow = 0;
			this.reason = null;
		}
	}

	/**
	 * Notes that replies have not left.
	 * @param peer to whom one of them would have gone
	 * @param cause of that one
	 */
	void failed(int count, PeerAddress peer, Supplier<IOException> cause) {
		this.inARow = Math.min(MANY, this.inARow + count);
		if (this.logBudget.take()) {
			logger.warn(() -> "cannot reply to " + peer + ": " + ErrorText.of(cause.get()));
		}
	}

	/**
	 * Finds out whether this host is the reason, if many have failed. To be called every second
	 * or more often; it tries once a second.
	 * @param nowNanos {@link System#nanoTime}
	 */
	void look(long nowNanos, Trial trial) {
		if (this.inARow < MANY || nowNanos - this.triedNanos < BETWEEN_TRIALS_NANOS) {
			return;
		}
		this.triedNanos = nowNanos;
		try {
			if (trial.run()) {
				replyLeft();
			}
		}
		catch (IOException ex) {
			this.reason = "no reply can be sent: " + ErrorText.of(ex);
		}
	}

	/**
	 * @return why no reply leaves, or null if nothing is known to be in its way
	 */
	@Nullable
	String reason() {
		return this.reason;
	}

}
