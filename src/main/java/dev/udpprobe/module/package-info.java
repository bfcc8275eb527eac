/**
 * Speaks protocols: what is sent, which datagram answers it, and what the answer says.
 */
@NullMarked
package dev.udpprobe.module;

import org.jspecify.annotations.NullMarked;
