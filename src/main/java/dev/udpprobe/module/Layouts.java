package dev.udpprobe.module;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a module sends, and which datagrams it understands.
 *
 * @param answer what a datagram has to be that answers, all of them; none for any datagram
 * @param fields the names of the values that an answer has
 * @param secrets the encodings of secret settings in them, by name
 * @param keyed whether one of the secrets is the key of a checksum
 */
record Layouts(Template send, List<Sequence> answer, @Nullable FollowUp followUp, Set<String> fields,
		Map<String, Set<Encoding>> secrets, boolean keyed) {

	/** The target as it was named: host and port. */
	static final String TARGET = "target";

	/** The address and the port that datagrams leave from. */
	static final String LOCAL = "local";

	/** The number of the try, from 1. */
	static final String TRY = "try";

	static final List<String> GIVEN = List.of(TARGET, LOCAL, TRY);

	/**
	 * The names of values that a layout may write, or compare with.
	 *
	 * @param secrets those of secrets, with the encodings in which layouts have them
	 * @param summed whether the module has a checksum
	 * @param keys those of secrets that are the key of a checksum
	 */
	record Names(Set<String> all, Map<String, Set<Encoding>> secrets, boolean summed, Set<String> keys) {

		/**
		 * @return the same without secrets, and without a checksum
		 */
		static Names of(Set<String> all) {
			return new Names(all, Map.of(), false, new HashSet<>());
		}

		private static Names of(Collection<Setting> settings, boolean summed) {
			Names names = new Names(new HashSet<>(GIVEN), new HashMap<>(), summed, new HashSet<>());
			for (Setting setting : settings) {
				names.all.add(setting.name());
				if (setting.secret()) {
					names.secrets.put(setting.name(), new HashSet<>());
				}
			}
			return names;
		}

		private void add(Set<String> more) {
			this.all.addAll(more);
		}

		boolean has(String name) {
			return this.all.contains(name);
		}

		/**
		 * @return whether it is that of a secret, which could not be hidden as a number, a length, or what another value is
		 * XORed with
		 */
		boolean hasSecret(String name) {
			return this.secrets.containsKey(name);
		}

		void uses(String name, Encoding encoding) {
			Set<Encoding> encodings = this.secrets.get(name);
			if (encodings != null) {
				encodings.add(encoding);
			}
		}

		void usesAsKey(String name) {
			if (hasSecret(name)) {
				this.keys.add(name);
			}
		}

	}

	/**
	 * What is sent when a datagram asks for more.
	 *
	 * @param told the names of the values of that datagram that are told with those of the answer
	 */
	record FollowUp(Sequence when, Template send, Set<String> told) {}

	/**
	 * @param summed whether the module has a checksum
	 * @throws ModuleException if a layout is none
	 */
	static Layouts of(ModuleSpec spec, Collection<Setting> settings, boolean summed) {
		Names known = Names.of(settings, summed);
		Template send = template("send", spec.send(), known);
		known.add(send.fresh());
		Set<String> fields = new LinkedHashSet<>();
		FollowUp followUp = null;
		ModuleSpec.FollowUpSpec more = spec.followUp();
		if (more != null && spec.answer() == null) {
			throw new ModuleException("follow-up", "it takes an answer, because without one every datagram answers");
		}
		if (more != null) {
			AnswerParser.Layout when = layout("follow-up.when", more.when(), known);
			known.add(when.found());
			Template then = template("follow-up.send", more.send(), known);
			known.add(then.fresh());
			fields.addAll(when.found());
			fields.removeIf((name) -> !Sentence.mayHave(String.valueOf(spec.says()), name));
			followUp = new FollowUp(when.parts(), then, Set.copyOf(fields));
		}
		List<Sequence> answer = answer(spec.answer(), known, fields);
		return new Layouts(send, answer, followUp, fields, known.secrets(), !known.keys().isEmpty());
	}

	/**
	 * @return whether the value of that name is made for each datagram that is sent
	 */
	boolean isFresh(String name) {
		return this.send.fresh().contains(name)
				|| (this.followUp != null && this.followUp.send().fresh().contains(name));
	}

	private static Template template(String key, @Nullable String text, Names known) {
		if (text == null) {
			throw new ModuleException(key, "it is missing; it takes what is sent");
		}
		try {
			return TemplateParser.parse(text, known);
		}
		catch (SyntaxException ex) {
			throw new ModuleException(key, ex);
		}
	}

	private static AnswerParser.Layout layout(String key, @Nullable String text, Names known) {
		if (text == null) {
			throw new ModuleException(key, "it is missing; it takes what a datagram has to be");
		}
		try {
			return AnswerParser.parse(text, known);
		}
		catch (SyntaxException ex) {
			throw new ModuleException(key, ex);
		}
	}

	private static List<Sequence> answer(@Nullable String text, Names known, Set<String> fields) {
		if (text == null) {
			return List.of();
		}
		try {
			List<AnswerParser.Layout> all = AnswerParser.parseAll(text, known);
			all.forEach((each) -> fields.addAll(each.found()));
			return all.stream().map(AnswerParser.Layout::parts).toList();
		}
		catch (SyntaxException ex) {
			throw new ModuleException("answer", ex);
		}
	}

	static String text(byte[] utf8) {
		return new String(utf8, StandardCharsets.UTF_8);
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
