package dev.udpprobe.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import dev.udpprobe.auth.SharedKey;
import dev.udpprobe.echo.EchoMode;
import dev.udpprobe.echo.EchoSettings;
import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.server.Transport;

/**
 * The echo server.
 *
 * @param enabled Whether there is an echo server: true or false.
 * @param address Local IP addresses that it listens on, separated by commas; empty for all
 * addresses of the host.
 * @param port UDP port that it listens on: 0 to 65535, where 0 takes a free one.
 * @param greeting What every reply starts with: 0 to 1024 bytes of UTF-8.
 * @param farewell How a datagram starts that ends its sender's session: 1 to 1024 bytes of
 * UTF-8.
 * @param mode Whom it serves: shared (all peers at once) or exclusive (one peer at a time,
 * on a connected socket).
 * @param sessionIdle How long a peer may be silent before its session ends: a duration
 * from 1ms to 1d, for example 30s.
 * @param maxSessions How many sessions are remembered, the least recently seen goes first:
 * 1 to 1000000.
 * @param receiveBuffer Size of the socket's receive buffer: 0 (the operating system's
 * default) to 1GB, for example 4MB; Linux caps it at net.core.rmem_max.
 * @param transport How it receives and replies: native (Linux's own calls, many datagrams
 * by each, replies from the address that was asked), portable (the JVM's, one by one) or
 * auto (native where the system allows it).
 * @param sockets How many sockets, each with a thread, share the port: 1 to 64; 1 in mode
 * exclusive.
 * @param integrationMeters Whether Spring Integration times every message at every
 * component: true or false.
 * @param key What datagrams must be signed with to be answered: 16 to 1024 bytes of UTF-8;
 * empty to answer all.
 * @param secondKey A second key, whose datagrams are answered too, while keys are rotated:
 * 16 to 1024 bytes of UTF-8, other than key; empty for none.
 * @param guard Whom it answers, and how much.
 */
record EchoProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<EchoAddress> address,
		@DefaultValue("7007") int port, @DefaultValue("Hi, ") String greeting, @DefaultValue("goodbye") String farewell,
		@DefaultValue("shared") EchoMode mode, @DefaultValue("5m") Duration sessionIdle,
		@DefaultValue("10000") int maxSessions, @DefaultValue("0") DataSize receiveBuffer,
		@DefaultValue("auto") Transport transport, @DefaultValue("1") int sockets,
		@DefaultValue("false") boolean integrationMeters, @Nullable SharedKey key, @Nullable SharedKey secondKey,
		@NestedConfigurationProperty @DefaultValue GuardProperties guard) {

	private static final String PREFIX = "udp-probe.echo.";

	EchoProperties {
		check(address.stream().map(EchoAddress::address).toList(), mode);
		Check.range(PREFIX + "port", port, 0, PortRange.ALL.last());
		Check.range(PREFIX + "greeting (bytes)", bytes(greeting).length, 0, 1_024);
		Check.range(PREFIX + "farewell (bytes)", bytes(farewell).length, 1, 1_024);
		Check.range(PREFIX + "session-idle", sessionIdle, Duration.ofMillis(1), Duration.ofDays(1));
		Check.range(PREFIX + "max-sessions", maxSessions, 1, 1_000_000);
		Check.range(PREFIX + "receive-buffer (bytes)", receiveBuffer.toBytes(), 0, 1L << 30);
		Check.range(PREFIX + "sockets", sockets, 1, 64);
		if (mode == EchoMode.EXCLUSIVE && sockets > 1) {
			throw Check.wrong(PREFIX + "sockets", sockets, "1 in mode exclusive");
		}
		key = Check.key(PREFIX + "key", key);
		secondKey = Check.key(PREFIX + "second-key", secondKey);
		check(key, secondKey);
	}

	private static void check(@Nullable SharedKey key, @Nullable SharedKey second) {
		if (second == null) {
			return;
		}
		if (key == null) {
			throw new IllegalArgumentException(PREFIX + "second-key is set, but " + PREFIX + "key is not");
		}
		if (second.isSame(key)) {
			throw new IllegalArgumentException(PREFIX + "second-key is the same as " + PREFIX + "key");
		}
	}

	private static void check(List<InetAddress> addresses, EchoMode mode) {
		if (addresses.size() < 2) {
			return;
		}
		String configured = addresses.stream().map(AddressText::of).collect(Collectors.joining(","));
		if (mode == EchoMode.EXCLUSIVE) {
			throw Check.wrong(PREFIX + "address", configured, "one address in mode exclusive");
		}
		if (addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)
				|| addresses.stream().distinct().count() < addresses.size()) {
			throw Check.wrong(PREFIX + "address", configured,
					"each address once, and no other beside one that means all");
		}
	}

	private List<InetSocketAddress> addresses() {
		return this.address.isEmpty()
				? List.of(new InetSocketAddress(this.port))
				: this.address.stream().map((local) -> new InetSocketAddress(local.address(), this.port)).toList();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	EchoSettings settings() {
		return new EchoSettings(
				addresses(),
				bytes(this.greeting), bytes(this.farewell), this.mode, this.sessionIdle, this.maxSessions,
				(int) this.receiveBuffer.toBytes(), this.transport, this.sockets,
				Stream.concat(Stream.ofNullable(this.key), Stream.ofNullable(this.secondKey)).toList());
	}

}
