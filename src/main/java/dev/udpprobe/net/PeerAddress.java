package dev.udpprobe.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

import org.jspecify.annotations.Nullable;

/**
 * Address and port of a peer as numbers, so that one object serves all datagrams that are
 * read into the same slot: to note and to look up a peer allocates nothing. IPv4 is the
 * mapped address of RFC 4291 2.5.5.2. Mutable, and of one thread; what is kept is a
 * {@link #copy}.
 */
public final class PeerAddress implements Comparable<PeerAddress> {

	/** So that nobody can choose addresses that share a hash. */
	private static final long SEED = new SecureRandom().nextLong();

	private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

	private long high;

	private long low;

	private int port;

	private int scope;

	public static PeerAddress of(InetSocketAddress address) {
		PeerAddress peer = new PeerAddress();
		peer.set(address);
		return peer;
	}

	/**
	 * @param high the first 8 bytes of the IPv6 address
	 * @param low the last 8 bytes
	 * @param port 0 to 65535
	 * @param scope interface of a link-local address, or 0
	 */
	public void set(long high, long low, int port, int scope) {
		this.high = high;
		this.low = low;
		this.port = port;
		this.scope = scope;
	}

	public void setIpv4(int address, int port) {
		set(0, Addresses.mapped(address), port, 0);
	}

	public void set(InetSocketAddress address) {
		ByteBuffer bytes = ByteBuffer.wrap(address.getAddress().getAddress());
		if (bytes.remaining() == Integer.BYTES) {
			setIpv4(bytes.getInt(), address.getPort());
		}
		else {
			int scope = (address.getAddress() instanceof Inet6Address ipv6) ? ipv6.getScopeId() : 0;
			set(bytes.getLong(), bytes.getLong(), address.getPort(), scope);
		}
	}

	public long high() {
		return this.high;
	}

	public long low() {
		return this.low;
	}

	public int port() {
		return this.port;
	}

	public int scope() {
		return this.scope;
	}

	public boolean isIpv4() {
		return Addresses.isMapped(this.high, this.low);
	}

	/**
	 * Who a peer is where datagrams are counted: its IPv4 address, or the 64 bits of its IPv6
	 * address that name a network (RFC 4291 2.5.4), because a host has all addresses behind them.
	 */
	public long source() {
		return isIpv4() ? this.low : this.high;
	}

	/**
	 * The same of an address.
	 */
	public static long source(InetAddress address) {
		return of(new InetSocketAddress(address, 0)).source();
	}

	public PeerAddress copy() {
		PeerAddress copy = new PeerAddress();
		copy.set(this.high, this.low, this.port, this.scope);
		return copy;
	}

	public InetSocketAddress toSocketAddress() {
		return new InetSocketAddress(Addresses.of(this.high, this.low, this.scope), this.port);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PeerAddress that && this.low == that.low && this.port == that.port
				&& this.high == that.high && this.scope == that.scope;
	}

	@Override
	public int hashCode() {
		long hash = (this.high ^ SEED) * MIX;
		hash = (hash ^ hash >>> Integer.SIZE ^ this.low) * MIX;
		hash = (hash ^ hash >>> Integer.SIZE ^ this.port ^ (long) this.scope << Integer.SIZE) * MIX;
		return (int) (hash >>> Integer.SIZE);
	}

	/**
	 * The order has no meaning. {@link java.util.HashMap} searches by it where hashes
	 * collide.
	 */
	@Override
	public int compareTo(PeerAddress other) {
		int order = Long.compare(this.low, other.low);
		order = (order != 0) ? order : Integer.compare(this.port, other.port);
		order = (order != 0) ? order : Long.compare(this.high, other.high);
		return (order != 0) ? order : Integer.compare(this.scope, other.scope);
	}

	@Override
	public String toString() {
		return AddressText.of(toSocketAddress());
	}

}
