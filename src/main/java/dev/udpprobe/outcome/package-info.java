/**
 * What can come of a datagram: outcomes, ICMP messages and their meaning, round trips.
 */
@NullMarked
package dev.udpprobe.outcome;

import org.jspecify.annotations.NullMarked;
