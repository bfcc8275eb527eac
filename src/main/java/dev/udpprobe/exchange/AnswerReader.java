package dev.udpprobe.exchange;

import java.io.IOException;

/**
 * Reads what came for an exchange. Called by one thread.
 */
interface AnswerReader extends AutoCloseable {

	/**
	 * Reads, and ends the exchange if that was its outcome.
	 * @throws IOException if the channel has an error pending, which is of this exchange
	 */
	void read(PendingExchange pending) throws IOException;

	@Override
	void close();

}
