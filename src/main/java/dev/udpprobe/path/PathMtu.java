package dev.udpprobe.path;

import java.net.InetAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Labelled;
import dev.udpprobe.outcome.Outcome;

/**
 * The longest datagram that a path takes without fragmenting it.
 *
 * @param outcome of a datagram of that length: replied or refused; otherwise why the length
 * is not known
 * @param payload its payload in bytes, 0 if not known
 * @param packet the same with the headers of UDP and IP (without options)
 * @param evidence how it is known that a longer one does not get there
 * @param reporter who said so, where somebody did
 * @param elapsed how long the search took
 */
public record PathMtu(Outcome outcome, int payload, int packet, Evidence evidence, @Nullable InetAddress reporter,
		Duration elapsed) {

	/**
	 * How the limit is known.
	 */
	public enum Evidence implements Labelled {

		/** A router said so. */
		ICMP,

		/** This host itself sends no more. */
		LOCAL,

		/** Longer datagrams, or the answers to them, vanish. */
		SILENCE,

		/** It is the maximum of IP. */
		PROTOCOL,

		/** It is not: the search was stopped, or ran out of time. */
		UNFINISHED

	}

	/**
	 * Whether a length was found.
	 */
	public boolean isKnown() {
		return this.payload > 0;
	}

}
