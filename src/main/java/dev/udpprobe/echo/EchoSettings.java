package dev.udpprobe.echo;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the echo server is to be.
 *
 * @param address where it listens; the unspecified address means all, port 0 a free one
 * @param greeting what a reply starts with; may be empty
 * @param farewell how a payload starts that ends a session; not empty
 * @param sessionIdle how long a peer may be silent before its session ends; positive
 * @param maxSessions how many sessions there may be; at least 1
 * @param receiveBuffer bytes of SO_RCVBUF, or 0 for the operating system's default
 */
@SuppressWarnings("ArrayRecordComponent")
public record EchoSettings(InetSocketAddress address, byte[] greeting, byte[] farewell, EchoMode mode,
		Duration sessionIdle, int maxSessions, int receiveBuffer) {}
