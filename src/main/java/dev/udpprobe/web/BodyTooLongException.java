package dev.udpprobe.web;

/**
 * A body is longer than any message can be.
 */
class BodyTooLongException extends RuntimeException {

	BodyTooLongException() {
		super("the body is longer than any message that fits a datagram");
	}

}
