package dev.udpprobe.monitor;

import java.util.Map;
import java.util.Objects;

import dev.udpprobe.destination.Target;

/**
 * A named target as it is configured.
 *
 * @param labels that it has beside its name, for whoever sorts targets: at most 16
 * @param source the file that names it; empty for the configuration
 */
public record TargetSpec(Target target, RoundSettings rounds, Map<String, String> labels, String source) {

	public String name() {
		return this.target.name();
	}

	/**
	 * @return whether the other is asked the same at the same place, and both have rounds or none, so that what is known of one is known of the other
	 */
	boolean asksLike(TargetSpec other) {
		return name().equals(other.name()) && this.rounds.isByHand() == other.rounds.isByHand()
				&& this.target.address().equals(other.target.address())
				&& Objects.equals(this.target.asks(), other.target.asks())
				&& Objects.equals(this.target.signer(), other.target.signer());
	}

	/**
	 * @return whether nothing tells them apart
	 */
	boolean isLike(TargetSpec other) {
		return asksLike(other) && this.rounds.equals(other.rounds) && this.labels.equals(other.labels)
				&& this.source.equals(other.source);
	}

}
