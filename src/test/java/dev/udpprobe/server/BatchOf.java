package dev.udpprobe.server;

import java.io.IOException;
import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * Datagrams that came by no socket.
 */
public final class BatchOf extends Batch {

	private final int datagrams;

	/**
	 * @param datagrams that have been received
	 */
	public BatchOf(Slot... datagrams) {
		this(datagrams.length, datagrams);
	}

	/**
	 * @param datagrams how many of the slots have been received
	 */
	public BatchOf(int datagrams, Slot... slots) {
		super(new SendFailures(0), slots);
		this.datagrams = datagrams;
	}

	/**
	 * Receives them, for which they need no waiting.
	 */
	public BatchOf received() {
		try {
			receive(false);
			return this;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public @Nullable InetAddress destination(int index) {
		return null;
	}

	@Override
	public long timeNanos(int index) {
		return 0;
	}

	@Override
	public int hops(int index) {
		return -1;
	}

	@Override
	void copyOrigin(int from, int to) {}

	@Override
	int read(boolean wait) {
		return this.datagrams;
	}

	@Override
	void send() {
		throw new AssertionError("there is no socket");
	}

	@Override
	void connect(int index) {
		throw new AssertionError("there is no socket");
	}

	@Override
	@Nullable
	Refusal refusal(IOException error) {
		return null;
	}

	@Override
	Refusal takeRefusal() {
		return Refusal.NONE;
	}

}
