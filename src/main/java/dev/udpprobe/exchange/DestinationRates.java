package dev.udpprobe.exchange;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.net.Rates;
import dev.udpprobe.outcome.Outcome;

/**
 * How many datagrams each address gets, over all of its ports and from all senders of this
 * client together. All loopback addresses are one, because a service that listens on all
 * addresses has all of them. One second's worth may go at once. The memory is fixed: if more
 * addresses are busy than it has room for, some get less than the limit, and none gets more.
 * For any thread.
 */
public final class DestinationRates {

	/** No limit. */
	public static final DestinationRates NONE = new DestinationRates(0, 0);

	private final @Nullable Rates rates;

	private final long startNanos;

	private final Outcome.NotSent notSent;

	/**
	 * @param datagramsPerSecond to one address: 1 to 10 million, or 0 for no limit
	 * @param startNanos {@link System#nanoTime}, before the first datagram
	 * @throws IllegalArgumentException for any other number
	 */
	public DestinationRates(int datagramsPerSecond, long startNanos) {
		RateLimit limit = new RateLimit(datagramsPerSecond, 0);
		this.rates = limit.isNone() ? null : new Rates(limit, Rates.Newcomer.INHERITS);
		this.startNanos = startNanos;
		this.notSent = new Outcome.NotSent(String.format(Locale.ROOT,
				"no more than %,d datagrams a second go to one address (udp-probe.client.destination-datagrams-per-second)",
				datagramsPerSecond), true);
	}

	/**
	 * @param address IPv4-mapped IPv6 is IPv4; the scope of a link-local address does not count
	 * @return what {@link #take} knows the address by
	 */
	long key(InetAddress address) {
		if (this.rates == null) {
			return 0;
		}
		InetAddress normalized = Addresses.normalized(address);
		if (normalized.isLoopbackAddress()) {
			return this.rates.key(0, 1);
		}
		ByteBuffer bytes = ByteBuffer.wrap(normalized.getAddress());
		return (bytes.remaining() == Integer.BYTES)
				? this.rates.key(0, Addresses.mapped(bytes.getInt()))
				: this.rates.key(bytes.getLong(), bytes.getLong());
	}

	/**
	 * Counts a datagram against the limit of its destination, if it may be sent. If not, it
	 * costs nothing.
	 * @param key of the destination
	 * @param nowNanos {@link System#nanoTime}
	 * @return whether it may be sent
	 */
	boolean take(long key, long nowNanos) {
		if (this.rates == null) {
			return true;
		}
		long nanos = Math.max(0, nowNanos - this.startNanos);
		synchronized (this.rates) {
			return this.rates.take(key, 0, nanos);
		}
	}

	/**
	 * @return what an exchange ends as whose datagram may not be sent; always the same object
	 */
	Outcome.NotSent notSent() {
		return this.notSent;
	}

}
