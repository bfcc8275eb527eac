package dev.udpprobe.config;

/**
 * A file, or what is configured as it could be in a file, is not as it has to be. The message is a sentence that says where and why,
 * without anything secret.
 */
final class WrongFileException extends RuntimeException {

	WrongFileException(String sentence) {
		super(sentence);
	}

}
