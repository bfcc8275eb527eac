/**
 * The heart: one datagram to one target over a socket of its own, and what came of it.
 */
@NullMarked
package dev.udpprobe.exchange;

import org.jspecify.annotations.NullMarked;
