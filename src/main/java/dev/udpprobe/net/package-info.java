/**
 * Addresses, ports, ranges of both, and how long a payload may be.
 */
@NullMarked
package dev.udpprobe.net;

import org.jspecify.annotations.NullMarked;
