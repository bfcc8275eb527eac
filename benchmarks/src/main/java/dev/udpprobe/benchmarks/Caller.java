package dev.udpprobe.benchmarks;

/**
 * Makes exchanges, one after the other.
 */
@FunctionalInterface
interface Caller {

	/**
	 * @return the reply's length
	 */
	int exchange() throws Exception;

	/**
	 * One way of making exchanges. Each thread has a caller of its own.
	 */
	@FunctionalInterface
	interface Factory {

		Caller create() throws Exception;

	}

}
