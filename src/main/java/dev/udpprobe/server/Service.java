package dev.udpprobe.server;

import java.util.function.Function;

import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.LogBudget;

/**
 * What all receivers of a server have in common.
 *
 * @param flow makes, once for each batch, what takes the datagrams in it to the handler and
 * the replies out
 * @param log what is told of the service
 * @param logBudget of failures in the flow
 * @param sweepNanos how often the handler is to look after what it remembers
 */
record Service(ServerSettings settings, Handler handler, Function<Batch, Runnable> flow, ServerCounts counts,
		DropSummary dropSummary, LogAccessor log, LogBudget logBudget, long sweepNanos) {

	String name() {
		return this.settings.name();
	}

	boolean sharesPort() {
		return this.settings.sockets() > 1;
	}

}
