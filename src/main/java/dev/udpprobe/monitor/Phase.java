package dev.udpprobe.monitor;

import java.nio.charset.StandardCharsets;

/**
 * When the rounds of a target are due: at an offset that its name has in the interval, counted from 1970. So neither a restart nor a slow
 * clock moves rounds, and those of many targets are spread over the interval.
 */
final class Phase {

	/** FNV-1a of 64 bits. */
	private static final long BASIS = 0xCBF29CE484222325L;

	private static final long PRIME = 0x100000001B3L;

	private Phase() {}

	/**
	 * @param name of the target
	 * @param instance who asks, so that several who ask the same target do not all ask it at once
	 * @return the same number each time for the same two; spread over all numbers
	 */
	static long hash(String name, String instance) {
		long hash = BASIS;
		for (byte b : (name + '\n' + instance).getBytes(StandardCharsets.UTF_8)) {
			hash = (hash ^ (b & 0xFF)) * PRIME;
		}
		// The low bits of FNV depend on the low bits of the text alone.
		hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
		return hash ^ (hash >>> 33);
	}

	/**
	 * @param nowMillis since 1970
	 * @param intervalMillis positive
	 * @return the first time after now that has the offset, in milliseconds since 1970
	 */
	static long next(long hash, long nowMillis, long intervalMillis) {
		long offset = Math.floorMod(hash, intervalMillis);
		return nowMillis + intervalMillis - Math.floorMod(nowMillis - offset, intervalMillis);
	}

}
