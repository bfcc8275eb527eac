package dev.udpprobe.echo;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * What the echo server remembers of a peer, as it was at one moment.
 *
 * @param datagrams how many came from the peer
 * @param bytes of payload in them
 */
public record Session(InetSocketAddress peer, long datagrams, long bytes, Instant firstSeen, Instant lastSeen) {}
