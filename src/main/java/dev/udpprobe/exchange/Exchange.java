package dev.udpprobe.exchange;

import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.outcome.Outcome;

/**
 * What was said to one address, and what came of it.
 *
 * @param remote the address it was meant for, or null if the name did not resolve
 * @param local the address it left from, or null where no socket was opened, or what was
 * to be sent first is too long
 * @param datagramsSent how many datagrams were handed to the kernel
 * @param bytesSent payload bytes in them
 * @param earlier what was taken for a part of the answer before the outcome came, in order
 * @param strays how many datagrams came that were no answer; those after the outcome are not
 * seen
 */
public record Exchange(@Nullable InetSocketAddress remote, @Nullable InetSocketAddress local, int datagramsSent,
		int bytesSent, List<Outcome.Replied> earlier, int strays, Outcome outcome) {

	public static Exchange unsent(@Nullable InetSocketAddress remote, Outcome outcome) {
		return ended(remote, null, outcome);
	}

	/**
	 * @param local the address that something may have left from, which is counted elsewhere
	 */
	public static Exchange ended(@Nullable InetSocketAddress remote, @Nullable InetSocketAddress local,
			Outcome outcome) {
		return new Exchange(remote, local, 0, 0, List.of(), 0, outcome);
	}

	/**
	 * @return the same with another outcome, and without what came before it
	 */
	public Exchange ending(Outcome other) {
		return new Exchange(this.remote, this.local, this.datagramsSent, this.bytesSent, List.of(), this.strays, other);
	}

	/**
	 * Whether anything was handed to the kernel.
	 */
	public boolean sent() {
		return this.datagramsSent > 0;
	}

}
