/**
 * The UDP server on Spring Integration's adapters: sockets, the threads that receive from
 * them, and the way of a datagram through the rules of the echo to its reply.
 */
@NullMarked
package dev.udpprobe.server;

import org.jspecify.annotations.NullMarked;
