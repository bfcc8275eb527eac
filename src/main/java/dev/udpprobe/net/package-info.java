/**
 * Addresses and their text, ports, ranges of both, host names, rates, limits of payloads, the
 * opening of channels; and what everybody needs to name things in messages.
 */
@NullMarked
package dev.udpprobe.net;

import org.jspecify.annotations.NullMarked;
