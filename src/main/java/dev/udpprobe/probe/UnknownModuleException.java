package dev.udpprobe.probe;

import dev.udpprobe.destination.BadRequestException;

/**
 * There is no module of that name.
 */
public class UnknownModuleException extends BadRequestException {

	private final String module;

	UnknownModuleException(String module) {
		super("module", "there is no module '%s'; GET /modules lists them".formatted(module));
		this.module = module;
	}

	/**
	 * @return the name that was asked for
	 */
	public String module() {
		return this.module;
	}

}
