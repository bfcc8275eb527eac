package dev.udpprobe.destination;

/**
 * A field of a request has a value that is not taken.
 */
public class BadRequestException extends RuntimeException {

	private final String field;

	/**
	 * @param message a sentence that says what the field takes
	 */
	public BadRequestException(String field, String message) {
		super(message);
		this.field = field;
	}

	public String field() {
		return this.field;
	}

}
