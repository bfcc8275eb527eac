package dev.udpprobe.exchange;

import java.io.IOException;

/**
 * Reads what came for an exchange. Called by one thread.
 */
interface AnswerReader extends AutoCloseable {

	/**
	 * Reads one thing, and ends the exchange if that was its outcome.
	 * @return whether there was anything
	 * @throws IOException if the channel has an error pending, which is of this exchange
	 */
	boolean read(PendingExchange pending) throws IOException;

	@Override
	void close();

}
