package dev.udpprobe.exchange;

import java.io.IOException;

import dev.udpprobe.linux.DatagramReader.Queued;

/**
 * Reads what came for endpoints, and tells them. For the thread that made it.
 */
abstract class SocketReader implements AutoCloseable {

	/** Before silence counts. Others may have sent to an unconnected socket. */
	private static final int LAST_READS = 64;

	private static final int MAX_EARLIER = 64;

	/** Twice as many as an error queue of the default size holds. */
	private static final int MAX_ERRORS = 256;

	/**
	 * Reads one thing.
	 * @return whether there was anything
	 * @throws IOException if the channel has an error pending that nothing else tells of
	 */
	abstract boolean read(Endpoint endpoint) throws IOException;

	/**
	 * Throws away one thing that came before anything was sent, unless times will tell.
	 * @return whether there was anything to throw away
	 */
	abstract boolean discard(Endpoint endpoint) throws IOException;

	/**
	 * Throws away what came before anything was sent: it is nobody's answer, nor error.
	 */
	final void forgetEarlier(Endpoint endpoint) throws IOException {
		for (int reads = 0; reads < MAX_EARLIER && discard(endpoint); reads++) {
			// There may be more.
		}
	}

	/**
	 * Reads one ICMP error or time of leaving, if one is there and the system tells of it.
	 */
	abstract Queued readError(Endpoint endpoint);

	/**
	 * Reads as long as there is anything, and the endpoint awaits it. Whatever is thrown ends
	 * that endpoint alone.
	 * @param max how many things at the most
	 */
	final void read(Endpoint endpoint, int max) {
		try {
			for (int reads = 0; reads < max && endpoint.isOpen() && read(endpoint) && endpoint.isWaiting(); reads++) {
				// There may be more.
			}
		}
		catch (IOException ex) {
			endpoint.broke(ex);
		}
		catch (Throwable ex) {
			endpoint.fail(ex);
		}
	}

	/**
	 * Looks whether there is anything for an endpoint whose time is over.
	 */
	final void readLast(Endpoint endpoint) {
		read(endpoint, LAST_READS + endpoint.backlog());
	}

	/**
	 * Reads the ICMP errors and times of leaving that are there, up to a bound, whatever floods
	 * the queue meanwhile.
	 * @return how many errors there were
	 */
	final int readErrors(Endpoint endpoint) {
		int errors = 0;
		Queued queued = Queued.OTHER;
		for (int reads = 0; reads < MAX_ERRORS && queued != Queued.NOTHING; reads++) {
			queued = readError(endpoint);
			errors += (queued == Queued.ERROR) ? 1 : 0;
		}
		return errors;
	}

	@Override
	public abstract void close();

}
