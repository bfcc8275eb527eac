/**
 * An engine for services on UDP, on Spring Integration's adapters: sockets, the threads that
 * receive from them, batches, replies and counts. What a datagram means is a
 * {@link dev.udpprobe.server.Handler}'s.
 */
@NullMarked
package dev.udpprobe.server;

import org.jspecify.annotations.NullMarked;
