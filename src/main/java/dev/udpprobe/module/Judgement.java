package dev.udpprobe.module;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

/**
 * Whether what came is good, by a module. What a peer says is in it as it came.
 *
 * @param pass the verdict
 * @param reason why it is not good, a clause; null where it is, or where the outcome says all
 * @param fields what the answer says, in the order to tell it in
 * @param sentence what the answer says in a clause, or what its absence may mean; may be empty
 */
public record Judgement(boolean pass, @Nullable String reason, SequencedMap<String, FieldValue> fields,
		String sentence) {

	/**
	 * @return the same where no answer is the good one
	 */
	Judgement butSilenceIsGood() {
		return new Judgement(false, "it answers, and silence is good", this.fields, this.sentence);
	}

	/**
	 * @return the verdict alone, for whoever keeps many
	 */
	public Judgement verdictAlone() {
		return new Judgement(this.pass, this.reason, new LinkedHashMap<>(), "");
	}

	static Judgement withoutAnswer(boolean pass, String sentence) {
		return new Judgement(pass, null, new LinkedHashMap<>(), sentence);
	}

}
