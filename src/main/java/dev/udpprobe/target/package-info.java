/**
 * Whom the client may send to: names, addresses, their resolution and the policy. Its
 * blocks of addresses and ports serve the echo server's guard too.
 */
@NullMarked
package dev.udpprobe.target;

import org.jspecify.annotations.NullMarked;
