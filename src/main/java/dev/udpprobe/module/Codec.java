package dev.udpprobe.module;

import java.util.Map;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

/**
 * Messages that the language of modules cannot say. Safe for any number of threads.
 */
interface Codec {

	/**
	 * @param settings of the module, each declared one with its value
	 * @throws BadSettingException if a value is not taken
	 */
	Message message(Map<String, String> settings);

	/**
	 * Requests with these settings, and what their answers say.
	 */
	interface Message {

		/**
		 * @return a datagram with fresh ids
		 */
		byte[] next();

		/**
		 * Called by the loop's thread, so it must be quick. It never throws, whatever the datagram.
		 * @param request that {@link #next()} gave
		 * @param datagram what came back; not to be changed
		 * @return what it says, in the order to tell it in, the caller's own from now on; null if it is no answer to that request
		 */
		@Nullable
		SequencedMap<String, FieldValue> answer(byte[] request, byte[] datagram);

	}

}
