package dev.udpprobe.network;

import java.util.List;

/**
 * How the service's JVM is started.
 */
enum Mode {

	/** As its documentation says: with access to the system's own functions. */
	NATIVE(8080, "kernel", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED --enable-native-access=ALL-UNNAMED"),

	/** With the JDK alone. */
	PLAIN(8081, "jvm", "--illegal-native-access=deny");

	private final int httpPort;

	private final String clock;

	private final String options;

	Mode(int httpPort, String clock, String options) {
		this.httpPort = httpPort;
		this.clock = clock;
		this.options = options;
	}

	/**
	 * @return where its HTTP is, inside
	 */
	int httpPort() {
		return this.httpPort;
	}

	/**
	 * @return what takes the times
	 */
	String clock() {
		return this.clock;
	}

	List<String> options() {
		return List.of(this.options.split(" ", -1));
	}

}
