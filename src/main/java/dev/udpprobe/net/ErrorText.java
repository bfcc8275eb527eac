package dev.udpprobe.net;

import java.io.IOException;
import java.util.Objects;

/**
 * Why something failed, for messages.
 */
public final class ErrorText {

	private ErrorText() {}

	/**
	 * @return what the exception says, or its kind if it says nothing
	 */
	public static String of(IOException ex) {
		return Objects.requireNonNullElse(ex.getMessage(), ex.getClass().getSimpleName());
	}

}
