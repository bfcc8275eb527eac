package dev.udpprobe.server;

import java.net.InetAddress;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * A copy of a datagram that was taken out of its batch ({@link Batch#hold}). Who has it settles
 * it once, by {@link Batch#putBack} or {@link ServerCounts#drop}.
 *
 * @param payload as the handler had cut it
 * @param length bytes of payload that have come
 * @param destination the address that it was sent to, if that is told
 */
public record HeldDatagram(ByteBuffer payload, int length, @Nullable InetAddress destination) {}
