/**
 * A name becomes an address that one may send to: targets, their resolution, the policy, and
 * who signs what is sent there.
 */
@NullMarked
package dev.udpprobe.destination;

import org.jspecify.annotations.NullMarked;
