package dev.udpprobe.web;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.monitor.TargetSpec;
import dev.udpprobe.probe.Addressing;

/**
 * Whether a target may be sent to, as far as that is known: who looks each second waits for no name. For one thread.
 */
final class Permission {

	/** After so many looks it is asked for again. */
	private static final int LOOKS = 30;

	private final Addressing addressing;

	private @Nullable TargetSpec spec;

	private CompletableFuture<Boolean> asked = CompletableFuture.completedFuture(true);

	private boolean known = true;

	private int looks;

	Permission(Addressing addressing) {
		this.addressing = addressing;
	}

	/**
	 * @return true as long as nobody knows
	 */
	boolean of(TargetSpec target) {
		if (!target.equals(this.spec) || (this.asked.isDone() && ++this.looks >= LOOKS)) {
			this.spec = target;
			this.looks = 0;
			this.asked = this.addressing.allows(target.target());
		}
		if (this.asked.isDone() && !this.asked.isCompletedExceptionally()) {
			this.known = this.asked.join();
		}
		return this.known;
	}

}
