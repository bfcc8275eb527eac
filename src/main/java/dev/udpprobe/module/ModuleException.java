package dev.udpprobe.module;

/**
 * A module as it is written is none. The message is a sentence that begins with the key below the module's name.
 */
public final class ModuleException extends RuntimeException {

	private final String key;

	/**
	 * @param key such as {@code send} or {@code settings.name.takes}
	 */
	ModuleException(String key, String message) {
		super(message);
		this.key = key;
	}

	ModuleException(String key, IllegalArgumentException cause) {
		super(cause.getMessage(), cause);
		this.key = key;
	}

	/**
	 * @return which key is wrong
	 */
	public String key() {
		return this.key;
	}

}
