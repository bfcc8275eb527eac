package dev.udpprobe.module;

/**
 * A setting of a module has a value that is not taken.
 */
public final class BadSettingException extends RuntimeException {

	private final String setting;

	/**
	 * @param message a clause that says what is wrong, such as
	 * {@code 'FOO' is not a record type; it takes for example A, AAAA, SOA}
	 */
	public BadSettingException(String setting, String message) {
		super(message);
		this.setting = setting;
	}

	/**
	 * @return its name; empty if it cannot be told which of them it is
	 */
	public String setting() {
		return this.setting;
	}

}
