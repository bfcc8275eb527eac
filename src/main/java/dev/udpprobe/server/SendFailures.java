package dev.udpprobe.server;

import java.io.IOException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.LogBudget;
import dev.udpprobe.net.PeerAddress;

/**
 * Whether replies leave at all. Whoever forges sources can make replies fail, but not what the
 * host sends to itself: so when many have failed, that is tried. Of the receiving thread; any
 * thread may ask for the {@link #reason}.
 */
final class SendFailures {

	private static final LogAccessor logger = new LogAccessor(SendFailures.class);

	/** So many in a row, and no reply between them, call for a trial. */
	private static final int MANY = 10;

	private final LogBudget logBudget = new LogBudget(1);

	private int inARow;

	private volatile @Nullable String reason;

	/**
	 * Sends something that needs nobody else.
	 */
	@FunctionalInterface
	interface Trial {

		void run() throws IOException;

	}

	/**
	 * Notes that a reply has left.
	 */
	void left() {
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
	 * Finds out whether this host is the reason, if there is one. To be called from time to time.
	 */
	void look(Trial trial) {
		if (this.inARow < MANY) {
			return;
		}
		try {
			trial.run();
			left();
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
