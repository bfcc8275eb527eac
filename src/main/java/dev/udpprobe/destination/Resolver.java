package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.udpprobe.net.Addresses;

/**
 * Resolves names as the operating system does. The names of the configuration and those of
 * strangers have threads and answers of their own, so that no stranger's name is in the way
 * of a configured one. Configured names share theirs, so where many hang, the others keep
 * their addresses until it is their turn. Safe for any number of threads, and blocks none of them.
 */
public final class Resolver implements AutoCloseable {

	/** Enough for 10,000 names every 30 seconds, where each takes 90 ms. */
	private static final int CONFIGURED_THREADS = 32;

	/** More of strangers' names that hang make the others wait. */
	private static final int STRANGERS_THREADS = 128;

	/** With their answers. It bounds their memory to some megabytes. */
	private static final int STRANGERS_NAMES = 4_096;

	/** In which all of 10,000 names have their turn, even if each hangs for ten seconds. */
	private static final Duration OVERTIME = Duration.ofHours(1);

	/**
	 * Finds the address of a name, and holds its thread for as long as that takes.
	 */
	@FunctionalInterface
	interface NameService {

		/**
		 * @return its addresses, at least one, in the order of the operating system (RFC 6724)
		 */
		List<InetAddress> lookUp(String name) throws UnknownHostException;

		/**
		 * @return complete, with the first address of each family, in their order, or an {@link UnknownHostException} whose
		 * message is a sentence
		 */
		default CompletableFuture<List<InetAddress>> find(String name) {
			try {
				List<InetAddress> found = lookUp(name).stream().map(Addresses::normalized).toList();
				InetAddress first = found.getFirst();
				return CompletableFuture.completedFuture(found.stream()
						.filter((address) -> address.getClass() != first.getClass())
						.findFirst()
						.map((other) -> List.of(first, other))
						.orElse(List.of(first)));
			}
			catch (UnknownHostException _) {
				return failed("'%s' has no address".formatted(name));
			}
			catch (RuntimeException | Error ex) {
				return failed("'%s': %s".formatted(name, ex));
			}
		}

		private static CompletableFuture<List<InetAddress>> failed(String sentence) {
			return CompletableFuture.failedFuture(new UnknownHostException(sentence));
		}

	}

	private volatile Set<String> configured;

	private final Lookups ofConfigured;

	private final Lookups ofStrangers;

	/**
	 * @param configured the names of the configuration, as they are written there
	 * @param ttl how long an address is kept; 0 not to keep it. If not 0, a configured name
	 * keeps its address for up to an hour more while it is looked up again.
	 * @param failureTtl how long a name without an address is not looked up again; 0 to look it
	 * up each time
	 */
	public Resolver(Set<String> configured, Duration ttl, Duration failureTtl) {
		this(configured, ttl, failureTtl, (name) -> List.of(InetAddress.getAllByName(name)));
	}

	Resolver(Set<String> configured, Duration ttl, Duration failureTtl, NameService service) {
		this.configured = Set.copyOf(configured);
		this.ofConfigured = new Lookups("udp-names-", CONFIGURED_THREADS, Math.max(1, configured.size()), service, ttl,
				failureTtl, ttl.isZero() ? Duration.ZERO : OVERTIME);
		this.ofStrangers = new Lookups("udp-strangers-", STRANGERS_THREADS, STRANGERS_NAMES, service, ttl,
				failureTtl, Duration.ZERO);
	}

	/**
	 * Whoever waits for another name, whose turn has not come, hears so.
	 * @param names of the configuration from now on
	 */
	public void configure(Set<String> names) {
		this.configured = Set.copyOf(names);
		this.ofConfigured.retain(names);
	}

	/**
	 * Completes with the first address of each family that the name has, in their order, or an {@link UnknownHostException} whose message is a
	 * sentence. It waits for as long as the operating system takes, so whoever asks gives it
	 * a time-out; others may go on waiting for the same name. What depends on it runs in the
	 * caller's thread, one of the resolver, that of {@link #configure}, or the JDK's for time-outs, so it must be quick.
	 * @param name no address literal
	 * @return complete already where the answer is known
	 */
	public CompletableFuture<List<InetAddress>> resolve(String name) {
		return (this.configured.contains(name) ? this.ofConfigured : this.ofStrangers).ask(name);
	}

	/**
	 * Begins no other look-up.
	 */
	@Override
	public void close() {
		this.ofConfigured.close();
		this.ofStrangers.close();
	}

}
