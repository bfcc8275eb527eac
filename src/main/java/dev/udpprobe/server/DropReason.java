package dev.udpprobe.server;

import dev.udpprobe.net.Labelled;

/**
 * Why a datagram that was received is not answered: {@link TransportDrop}, or a reason of
 * the handler, which are constants of an enum, too.
 */
public interface DropReason extends Labelled {}
