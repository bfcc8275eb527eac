package dev.udpprobe.monitor;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.module.ModuleSpec.LocalPort;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.probe.Sender;

/**
 * Asks a target, as the modules are. For one thread.
 */
final class TargetAsker {

	private final TargetSpec spec;

	private final Rounds rounds;

	private Sender.@Nullable Prepared prepared;

	TargetAsker(TargetSpec spec, Rounds rounds) {
		this.spec = spec;
		this.rounds = rounds;
	}

	/**
	 * @return fails as {@link Sender#ask} does
	 * @throws dev.udpprobe.destination.BadRequestException if the target cannot be asked as it is configured
	 */
	CompletableFuture<SendResult> ask(RoundSockets sockets) {
		Sender.Prepared asked = prepared();
		LocalPort own = this.spec.rounds().port();
		return this.rounds.ask(asked, sockets, ((own != null) ? own : asked.localPort()) == LocalPort.KEPT);
	}

	/**
	 * Anew where modules have been read again.
	 */
	private Sender.Prepared prepared() {
		Sender.Prepared known = this.prepared;
		if (known == null || !this.rounds.isCurrent(known)) {
			known = this.rounds.prepare(this.spec);
			this.prepared = known;
		}
		return known;
	}

}
