package dev.udpprobe.module;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.ModuleSpec.Success;
import dev.udpprobe.outcome.Outcome;

/**
 * What a module makes of what came.
 *
 * @param fields the names of the values that an answer may have, in the order of the layout
 * @param names of numbers, by field
 * @param says null for all fields, one by one
 * @param silence what silence may mean; empty if nobody says
 * @param secrets to hide in what is told
 */
record Verdicts(Set<String> fields, List<Condition> pass, Map<String, Map<Long, String>> names, @Nullable Sentence says,
		String silence,
		Success success, Secrets secrets) {

	/**
	 * @param fields the names of the values that an answer may have
	 * @param settings the names of those that are not secret
	 * @throws ModuleException if a condition or a sentence is none
	 */
	static Verdicts of(ModuleSpec spec, Set<String> fields, Set<String> settings) {
		Set<String> told = new LinkedHashSet<>(fields);
		told.add(Condition.LENGTH);
		Map<String, Map<Long, String>> names = new LinkedHashMap<>();
		ModuleReader.orEmpty(spec.names()).forEach((field, text) -> {
			if (!fields.contains(field)) {
				throw new ModuleException("names." + field, "the answer has no value of that name");
			}
			names.put(field, names(field, text));
		});
		try {
			List<Condition> pass = (spec.pass() != null) ? Condition.parse(spec.pass(), fields, settings) : List.of();
			pass.forEach((condition) -> checkNames(condition, names.get(condition.field())));
			Sentence says = says(spec, told);
			return new Verdicts(fields, pass, names, says, (spec.silence() != null) ? spec.silence() : "",
					(spec.success() != null) ? spec.success() : Success.REPLIED, Secrets.NONE);
		}
		catch (SyntaxException ex) {
			throw new ModuleException("pass", ex);
		}
	}

	private static void checkNames(Condition condition, @Nullable Map<Long, String> names) {
		for (Alternative alternative : condition.alternatives()) {
			if (names != null && alternative instanceof Alternative.Word(String word)
					&& names.values().stream().noneMatch(word::equalsIgnoreCase)) {
				throw new ModuleException("pass", "%s has no name %s; it has %s".formatted(condition.field(), word,
						String.join(", ", names.values())));
			}
		}
	}

	private static @Nullable Sentence says(ModuleSpec spec, Set<String> told) {
		try {
			return (spec.says() != null) ? Sentence.parse(spec.says(), told) : null;
		}
		catch (SyntaxException ex) {
			throw new ModuleException("says", ex);
		}
	}

	private static Map<Long, String> names(String field, String text) {
		Cursor in = new Cursor(text);
		Map<Long, String> names = new LinkedHashMap<>();
		try {
			do {
				in.blanks();
				int start = in.at();
				boolean negative = in.take("-");
				long number = negative ? -in.number() : in.number();
				in.blanks();
				if (names.put(number, in.word()) != null) {
					throw in.wrong(start, "%d has a name already".formatted(number));
				}
				in.blanks();
			} while (in.take(","));
			if (!in.isAtEnd()) {
				throw in.wrong("it takes numbers with their names, such as 0 NOERROR, 2 SERVFAIL");
			}
			return names;
		}
		catch (SyntaxException ex) {
			throw new ModuleException("names." + field, ex);
		}
	}

	/**
	 * @return the same with the values of settings in its conditions
	 * @param secrets to hide in what is told
	 */
	Verdicts with(Map<String, Setting> settings, Map<String, String> values, Secrets secrets) {
		List<Condition> resolved = this.pass.stream()
				.map((condition) -> condition.with((name) -> Objects.requireNonNull(settings.get(name))
						.alternatives(values.getOrDefault(name, ""))))
				.filter(Objects::nonNull)
				.toList();
		return new Verdicts(this.fields, resolved, this.names, this.says, this.silence, this.success, secrets);
	}

	/**
	 * Judges what came.
	 * @return null if it is no answer to what was said
	 */
	@Nullable
	Judgement judge(Said said, byte[] datagram) {
		SequencedMap<String, FieldValue> found = said.answer(datagram);
		return (found != null) ? judge(datagram, found) : null;
	}

	/**
	 * Judges an exchange that is over.
	 * @param found of its answer; null if there was none
	 * @param informed whether the socket heard of refusals; if not, silence says nothing
	 */
	Judgement judge(Outcome outcome, @Nullable Judgement found, boolean informed) {
		boolean silenceIsGood = this.success == Success.SILENT;
		return switch (outcome) {
			case Outcome.Replied _ when found != null -> silenceIsGood ? found.butSilenceIsGood() : found;
			case Outcome.TimedOut _ -> Judgement.withoutAnswer(silenceIsGood && informed, this.silence);
			default -> Judgement.withoutAnswer(false, "");
		};
	}

	private Judgement judge(byte[] datagram, SequencedMap<String, FieldValue> fields) {
		fields.replaceAll(this::named);
		byte[] masked = this.secrets.masked(datagram);
		Map<String, FieldValue> told = new HashMap<>(fields);
		told.put(Condition.LENGTH, new FieldValue.Number(datagram.length));
		String failure = null;
		for (Condition condition : this.pass) {
			if (!condition.holds(fields, masked)) {
				failure = Sentence.shortened(condition.reason(told, masked));
				break;
			}
		}
		String sentence = (this.says != null) ? this.says.with(told) : Sentence.shortened(all(fields));
		return new Judgement(failure == null, failure, fields, sentence);
	}

	private FieldValue named(String field, FieldValue value) {
		Map<Long, String> known = this.names.get(field);
		return (known != null && value instanceof FieldValue.Number(long number))
				? new FieldValue.Code(number, known.getOrDefault(number, Long.toString(number)))
				: value;
	}

	private static String all(SequencedMap<String, FieldValue> fields) {
		return fields.entrySet().stream()
				.map((field) -> field.getKey() + " " + Sentence.text(field.getValue()))
				.collect(Collectors.joining(", "));
	}

}
