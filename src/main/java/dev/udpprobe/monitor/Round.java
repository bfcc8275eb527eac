package dev.udpprobe.monitor;

import java.time.Instant;

import dev.udpprobe.outcome.Outcome;
import dev.udpprobe.probe.ResultText;
import dev.udpprobe.probe.SendResult;

/**
 * One probe of a target by the monitor.
 *
 * @param time when it began
 * @param result judged; without the payload of a reply, and without its fields where they are more than 1,200 characters
 */
public record Round(Instant time, SendResult result) {

	/**
	 * @return whether what came is good
	 */
	public boolean pass() {
		SendResult.Judged judged = this.result.judged();
		return (judged != null) ? judged.judgement().pass() : this.result.outcome() instanceof Outcome.Replied;
	}

	/**
	 * @return what came of it, in a sentence; what a peer says is in it as it came
	 */
	public String sentence() {
		return ResultText.detail(this.result);
	}

}
