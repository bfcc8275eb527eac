package dev.udpprobe.module;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The codecs there are.
 *
 * @param fields the names of the values that an answer may have
 */
record Codecs(Codec codec, Set<String> fields) {

	private static final Set<String> DNS = new LinkedHashSet<>(
			List.of("malformed", "rcode", "authoritative", "truncated", "recursionDesired", "recursionAvailable",
					"authenticated",
					"answers", "authority", "additional", "answer", "serial", "nsid", "ttl"));

	/**
	 * @throws ModuleException if there is no such codec, or the module has layouts as well
	 */
	static Codecs of(ModuleSpec spec) {
		if (spec.send() != null || spec.answer() != null || spec.followUp() != null) {
			throw new ModuleException("codec", "it stands in the place of send, answer and follow-up");
		}
		if (!"dns".equals(spec.codec())) {
			throw new ModuleException("codec", "there is no codec %s; there is dns".formatted(spec.codec()));
		}
		return new Codecs(new DnsCodec(), DNS);
	}

}
