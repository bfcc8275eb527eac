package dev.udpprobe.web;

/**
 * A body is longer than any message can be.
 */
class BodyTooLongException extends RuntimeException {

	BodyTooLongException(int longest) {
		super("the body is longer than %,d bytes, more than any message that fits a datagram".formatted(longest));
	}

}
