/**
 * Whom the client may send to: names, addresses, their resolution and the policy.
 */
@NullMarked
package dev.udpprobe.target;

import org.jspecify.annotations.NullMarked;
