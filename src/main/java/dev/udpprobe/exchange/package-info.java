/**
 * The heart: datagrams to one target over a socket of its own, and what came of them.
 */
@NullMarked
package dev.udpprobe.exchange;

import org.jspecify.annotations.NullMarked;
