package dev.udpprobe.server;

import java.util.concurrent.atomic.LongAdder;

import org.springframework.core.log.LogAccessor;

import dev.udpprobe.net.LogBudget;

/**
 * What all sockets and receivers of a server have in common.
 *
 * @param log what is told of the service
 * @param logBudget of failures in the flow
 * @param sweepNanos how often the handler is to look after what it remembers
 * @param kernelDrops datagrams that the kernel dropped
 */
record Service(ServerSettings settings, Handler handler, ServerCounts counts, DropSummary dropSummary,
		LogAccessor log, LogBudget logBudget, long sweepNanos, LongAdder kernelDrops) {

	String name() {
		return this.settings.name();
	}

	boolean sharesPort() {
		return this.settings.sockets() > 1;
	}

}
