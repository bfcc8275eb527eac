package dev.udpprobe.module;

import java.time.Instant;
import java.util.Optional;

/**
 * Has the files of the configuration read again, and knows how the last reading of modules and accounts went. Safe for any number
 * of threads.
 */
public interface Reloading {

	/**
	 * Reads the files now, whether or not they have changed. If one is wrong, all that is read with it stays as it is.
	 * @return what is wrong, in a sentence; empty if nothing is
	 */
	Optional<String> reload();

	/**
	 * @return whether nothing was wrong the last time; reading at the start counts, too
	 */
	boolean lastSuccessful();

	/**
	 * @return when nothing was wrong for the last time
	 */
	Instant lastSuccess();

}
