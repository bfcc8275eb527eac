package dev.udpprobe.server;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.ErrorText;
import dev.udpprobe.net.LogBudget;

/**
 * What a receiving thread does about the errors of its socket: it goes on after each, but
 * not after many in a row.
 */
final class SocketErrors {

	private static final LogAccessor logger = new LogAccessor(SocketErrors.class);

	private static final long PAUSE_NANOS = 10_000_000;

	private static final int MAX_IN_A_ROW = 50;

	private final LogBudget logBudget = new LogBudget(1);

	private int inARow;

	private @Nullable String last;

	/**
	 * Notes that the socket works.
	 */
	void none() {
		this.inARow = 0;
		this.last = null;
	}

	/**
	 * Takes an error and pauses.
	 * @throws IOException the error itself, where it is one too many
	 */
	void goOnAfter(IOException ex) throws IOException {
		if (ex instanceof ClosedChannelException || ++this.inARow == MAX_IN_A_ROW) {
			throw ex;
		}
		String error = ErrorText.of(ex);
		if (!error.equals(this.last) && this.logBudget.take()) {
			logger.warn(ex, "a server goes on after an error of its socket");
			this.last = error;
		}
		LockSupport.parkNanos(PAUSE_NANOS);
	}

}
