/**
 * Sends to targets: finds the target, resolves it, asks the policy, exchanges and reports.
 */
@NullMarked
package dev.udpprobe.probe;

import org.jspecify.annotations.NullMarked;
