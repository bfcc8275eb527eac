package dev.udpprobe.probe;

import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.udpprobe.exchange.SaturatedException;

/**
 * What all pings together may hold, so that they take neither the memory nor the sockets of everything else. Safe for any number
 * of threads.
 */
final class PingLimits {

	/** More than a datagram takes whose line nobody reads, so that pings take less than a third of the memory. */
	private static final int BYTES = 1_024;

	/** A question of a module is kept with its values until it is answered, and takes so many times more memory than a number. */
	private static final int OF_QUESTION = 20;

	/** Each byte of a datagram is kept three times, with the values that it was made of, and pings have a third of the memory. */
	private static final long OF_QUESTION_BYTES = 9;

	private final int maxSockets;

	private final Semaphore sockets;

	private final int maxWeight;

	private final Semaphore weight;

	/**
	 * @param maxInFlight how many exchanges may be in flight, of which pings get half
	 * @param memory of all that there is, in bytes
	 */
	PingLimits(int maxInFlight, long memory) {
		this.maxWeight = (int) Math.min(Integer.MAX_VALUE, memory / BYTES);
		this.weight = new Semaphore(this.maxWeight);
		this.maxSockets = Math.max(1, maxInFlight / 2);
		this.sockets = new Semaphore(this.maxSockets);
	}

	/**
	 * Takes the memory of a ping.
	 * @param questions of a module that are kept at once
	 * @param length of the datagram of each question, in bytes
	 * @return gives it back, once
	 * @throws SaturatedException if others have it, or the questions alone take more than pings may hold
	 */
	Runnable take(int datagrams, int questions, int length) {
		long bytes = OF_QUESTION_BYTES * questions * length / BYTES;
		if (bytes > this.maxWeight) {
			throw new SaturatedException(String.format(Locale.ROOT,
					"%,d datagrams of %,d bytes, which are kept at once for their answers, take more memory than pings have",
					questions, length));
		}
		int taken = (int) Math.min(this.maxWeight, datagrams + OF_QUESTION * questions + bytes);
		if (!this.weight.tryAcquire(taken)) {
			throw new SaturatedException(String.format(Locale.ROOT,
					"the pings that are under way leave no memory for %,d datagrams more", datagrams));
		}
		return once(() -> this.weight.release(taken));
	}

	/**
	 * Takes the place of a socket.
	 * @return gives it back, once
	 * @throws SaturatedException if others have it
	 */
	Runnable takeSocket() {
		if (!this.sockets.tryAcquire()) {
			throw new SaturatedException(
					String.format(Locale.ROOT, "pings have %,d sockets already", this.maxSockets));
		}
		return once(this.sockets::release);
	}

	private static Runnable once(Runnable release) {
		AtomicBoolean released = new AtomicBoolean();
		return () -> {
			if (released.compareAndSet(false, true)) {
				release.run();
			}
		};
	}

}
