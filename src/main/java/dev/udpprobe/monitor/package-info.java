/**
 * Probes targets by schedule, and remembers what came of it: targets, rounds, states.
 */
@NullMarked
package dev.udpprobe.monitor;

import org.jspecify.annotations.NullMarked;
