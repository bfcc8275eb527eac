/**
 * Modules: what is sent, which datagram answers it, what a good answer is, and what to tell of it. Most are data, in a small
 * language (docs/modules.md); what that cannot say is a codec.
 */
@NullMarked
package dev.udpprobe.module;

import org.jspecify.annotations.NullMarked;
