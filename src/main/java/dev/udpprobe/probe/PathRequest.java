package dev.udpprobe.probe;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions;

/**
 * Which path to look at, and how.
 *
 * @param target a configured name or host:port; null for the default target
 * @param timeout how long to wait for each answer; null for the default
 * @param tries how many datagrams to spend on each question, 1 or more
 */
public record PathRequest(@Nullable String target, @Nullable Duration timeout, int tries,
		ExchangeOptions options) {}
