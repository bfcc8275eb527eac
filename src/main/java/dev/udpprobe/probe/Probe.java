package dev.udpprobe.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One question by a module, and what came of it.
 *
 * @param target as it was asked for
 * @param begun when it began
 * @param duration how long it took, with the look-up of the name
 * @param timeout how long it might have taken
 * @param result judged
 */
public record Probe(String target, Instant begun, Duration duration, Duration timeout, SendResult result,
		ProbeLog log) {

	private static final int MAX_REPLY = 2_048;

	/**
	 * @return what the module makes of it
	 */
	public SendResult.Judged judged() {
		return Objects.requireNonNull(this.result.judged(), "a probe is judged");
	}

	public String module() {
		return judged().request().module().name();
	}

	/**
	 * @return whether what came is good
	 */
	public boolean success() {
		return judged().judgement().pass();
	}

	/**
	 * @return the same for whoever keeps many
	 */
	Probe kept() {
		return new Probe(this.target, this.begun, this.duration, this.timeout, this.result.withoutLongReply(MAX_REPLY),
				this.log);
	}

}
