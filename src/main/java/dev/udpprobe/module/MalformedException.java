package dev.udpprobe.module;

/**
 * An answer does not keep to its protocol. Its message is a predicate, such as {@code is cut off}. It has no stack trace, so
 * that who sends such answers costs little.
 */
final class MalformedException extends Exception {

	private final boolean cutOff;

	private MalformedException(String message, boolean cutOff) {
		super(message, null, false, false);
		this.cutOff = cutOff;
	}

	MalformedException(String message) {
		this(message, false);
	}

	/**
	 * The datagram ends before it should.
	 */
	static MalformedException cutOff() {
		return new MalformedException("is cut off", true);
	}

	boolean isCutOff() {
		return this.cutOff;
	}

}
