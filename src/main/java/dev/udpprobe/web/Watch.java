package dev.udpprobe.web;

import java.io.IOException;
import java.util.List;

/**
 * What a stream of events tells of. For the thread of the stream.
 */
interface Watch {

	String TARGETS = "targets";

	String TARGET = "target";

	String ECHO = "echo";

	/** What a request may say. */
	List<String> LABELS = List.of(TARGETS, TARGET, ECHO);

	/**
	 * Looks at it, and tells what has changed since the last look.
	 */
	void look(Events events) throws IOException;

}
