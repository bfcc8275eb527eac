package dev.udpprobe.probe;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions;

/**
 * What to send, and how.
 *
 * @param payload the datagram's bytes; where the target has a key, it is signed too
 * @param target a configured name or host:port; null for the default target
 * @param timeout how long to wait for the answer; null for the default
 */
@SuppressWarnings("ArrayRecordComponent")
public record SendRequest(byte[] payload, @Nullable String target, @Nullable Duration timeout,
		ExchangeOptions options) {}
