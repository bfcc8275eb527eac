package dev.udpprobe.server;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.linux.Errno;
import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.LogBudget;
import dev.udpprobe.net.PeerAddress;

/**
 * Whether replies leave at all. Told by the receiving thread; any thread may ask.
 */
final class SendFailures {

	private static final LogAccessor logger = new LogAccessor(SendFailures.class);

	/** So many in a row, and no reply between them, are the fault of this host. */
	private static final int MANY = 10;

	/** Without a reply to send for so long, nobody knows whether the next one would leave. The alert takes two minutes. */
	private static final long FORGOTTEN_NANOS = Duration.ofMinutes(3).toNanos();

	/** Errors that whoever forges a source may cause, and that tell nothing of other destinations. */
	private static final Set<Errno> OF_ONE_DESTINATION = EnumSet.of(Errno.EACCES, Errno.EINVAL, Errno.EMSGSIZE,
			Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EHOSTDOWN, Errno.ECONNREFUSED);

	private final LogBudget logBudget = new LogBudget(1);

	private int inARow;

	private volatile @Nullable Failure lasting;

	private record Failure(String reason, long atNanos) {}

	/**
	 * Notes that all replies of a batch have left.
	 */
	void none() {
		if (this.inARow > 0) {
			this.inARow = 0;
			this.lasting = null;
		}
	}

	/**
	 * Notes that replies of a batch have not left.
	 * @param peer to whom one of them would have gone
	 * @param othersLeft whether other replies of the batch have left
	 */
	void failed(int count, PeerAddress peer, IOException ex, boolean othersLeft) {
		if (this.logBudget.take()) {
			logger.warn("cannot reply to " + peer + ": " + ErrorText.of(ex));
		}
		if (othersLeft) {
			none();
			return;
		}
		Errno errno = Errno.of(ex);
		if (errno == null || !OF_ONE_DESTINATION.contains(errno)) {
			this.inARow += count;
			if (this.inARow >= MANY) {
				this.lasting = new Failure("no reply can be sent: " + ErrorText.of(ex), System.nanoTime());
			}
		}
	}

	/**
	 * @return why no reply leaves, or null if replies leave or nobody knows
	 */
	@Nullable
	String reason() {
		Failure failure = this.lasting;
		return (failure != null && System.nanoTime() - failure.atNanos < FORGOTTEN_NANOS) ? failure.reason : null;
	}

}
