package dev.udpprobe.destination;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;
import dev.udpprobe.net.HostAndPort;

/**
 * The remote end of the client. A named target is the same object each time, so it can be
 * the key of a map. Safe for any number of threads.
 */
public final class Target {

	/**
	 * The name of every target that the configuration does not name.
	 */
	public static final String AD_HOC = "ad-hoc";

	private final String name;

	private final Supplier<HostAndPort> address;

	private final @Nullable Signer signer;

	private final @Nullable Asks asks;

	private final boolean discreet;

	private volatile @Nullable Judged judged;

	private record Judged(TargetPolicy policy, TargetPolicy.Bound bound) {}

	/**
	 * What is sent there where a request does not say.
	 *
	 * @param module its name
	 * @param with values of its settings, of which some are secret
	 */
	public record Asks(String module, Map<String, String> with) {

		@Override
		public String toString() {
			return this.module;
		}

	}

	/**
	 * @param name the configured name, or {@link #AD_HOC}
	 * @param address where it is, asked anew each time, because the port of the own echo server
	 * may be known only later
	 * @param signer who signs what is sent there, or null
	 */
	public Target(String name, Supplier<HostAndPort> address, @Nullable Signer signer) {
		this(name, address, signer, null);
	}

	/**
	 * @param asks what is sent there where a request does not say; null for a request's message
	 */
	public Target(String name, Supplier<HostAndPort> address, @Nullable Signer signer, @Nullable Asks asks) {
		this(name, address, signer, asks, false);
	}

	private Target(String name, Supplier<HostAndPort> address, @Nullable Signer signer, @Nullable Asks asks,
			boolean discreet) {
		this.name = name;
		this.address = address;
		this.signer = signer;
		this.asks = asks;
		this.discreet = discreet;
	}

	/**
	 * One of which everybody is told all.
	 */
	public static Target adHoc(HostAndPort address) {
		return adHoc(address, false);
	}

	/**
	 * Without a signer, whatever the address: two targets may share one and not the key.
	 * @param discreet whether a name that may not be sent to is answered as one that does not exist
	 */
	static Target adHoc(HostAndPort address, boolean discreet) {
		return new Target(AD_HOC, () -> address, null, null, discreet);
	}

	/**
	 * @return the only thing of a target that metrics may be labelled with
	 */
	public String name() {
		return this.name;
	}

	/**
	 * @return where it is now
	 */
	public HostAndPort address() {
		return this.address.get();
	}

	public @Nullable Signer signer() {
		return this.signer;
	}

	/**
	 * @return whether a name that may not be sent to is answered as one that does not exist
	 */
	public boolean isDiscreet() {
		return this.discreet;
	}

	/**
	 * @return what is sent there where a request does not say; null for a request's message
	 */
	public @Nullable Asks asks() {
		return this.asks;
	}

	/**
	 * @return what the policy says of its host and port, judged once for as long as they and the policy stay
	 */
	TargetPolicy.Bound bound(TargetPolicy policy) {
		HostAndPort now = address();
		Judged known = this.judged;
		if (known == null || known.policy() != policy || !known.bound().target().equals(now)) {
			known = new Judged(policy, policy.bind(now));
			this.judged = known;
		}
		return known.bound();
	}

}
