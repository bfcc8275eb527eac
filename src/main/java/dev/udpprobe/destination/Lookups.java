package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.Addresses;

/**
 * Look-ups of names on threads of their own, and the answers for as long as they are kept.
 * A name is looked up once at a time, however many ask. A look-up that nobody waits for any
 * more is not begun; one that has begun ends, and its answer is kept. While a name is looked
 * up again, the address that it had is of use for some time yet.
 */
final class Lookups implements AutoCloseable {

	/** So long the one who has a name looked up again waits for its new address. */
	private static final long GRACE_MILLIS = 100;

	private final ThreadPoolExecutor threads;

	private final Resolver.NameService service;

	private final Duration ttl;

	private final Duration failureTtl;

	private final Duration overtime;

	/** By name, the eldest first. Guards itself and all that a look-up knows. */
	private final Map<String, Lookup> names = new LinkedHashMap<>();

	private int maxNames;

	/**
	 * @param threadNames what the names of its threads begin with
	 * @param maxThreads how many look-ups are done at once; the others wait, first come first
	 * served
	 * @param maxNames how many names are known at once: those that wait and those with an
	 * answer, of which the eldest gives way
	 * @param overtime how long after its time an address may still be given while its name is
	 * looked up again; 0 not at all. With it such a look-up is begun even if nobody waits.
	 */
	Lookups(String threadNames, int maxThreads, int maxNames, Resolver.NameService service, Duration ttl,
			Duration failureTtl, Duration overtime) {
		this.threads = new ThreadPoolExecutor(maxThreads, maxThreads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				Thread.ofPlatform().daemon().name(threadNames, 0).factory());
		this.threads.allowCoreThreadTimeOut(true);
		this.maxNames = maxNames;
		this.service = service;
		this.ttl = ttl;
		this.failureTtl = failureTtl;
		this.overtime = overtime;
	}

	/**
	 * Forgets the answers of all other names, and has room for these from now on.
	 */
	void retain(Set<String> kept) {
		synchronized (this.names) {
			this.maxNames = Math.max(1, kept.size());
			this.names.values().removeIf((lookup) -> lookup.answer != null && !kept.contains(lookup.name));
		}
	}

	/**
	 * @return the known answer; where there is none, a future of the caller's own, which the
	 * caller leaves by completing it
	 */
	CompletableFuture<List<InetAddress>> ask(String name) {
		Lookup lookup;
		CompletableFuture<List<InetAddress>> asker = new CompletableFuture<>();
		synchronized (this.names) {
			lookup = this.names.get(name);
			if (lookup == null || lookup.isOver()) {
				try {
					lookup = begin(name, lookup);
				}
				catch (UnknownHostException ex) {
					return CompletableFuture.failedFuture(ex);
				}
				CompletableFuture<List<InetAddress>> former = lookup.former();
				if (former != null) {
					asker.completeOnTimeout(former.resultNow(), GRACE_MILLIS, TimeUnit.MILLISECONDS);
				}
			}
			else {
				CompletableFuture<List<InetAddress>> known = (lookup.answer != null) ? lookup.answer : lookup.former();
				if (known != null) {
					return known;
				}
			}
			lookup.askers.add(asker);
		}
		Lookup asked = lookup;
		var _ = asker.whenComplete((_, _) -> leave(asked, asker));
		return asker;
	}

	private Lookup begin(String name, @Nullable Lookup last) throws UnknownHostException {
		if (last == null && this.names.size() >= this.maxNames) {
			evict(name);
		}
		Lookup lookup = new Lookup(name, last);
		try {
			this.threads.execute(lookup);
		}
		catch (RejectedExecutionException _) {
			throw notLookedUp(name, "the service stops");
		}
		catch (OutOfMemoryError ex) {
			throw notLookedUp(name, String.valueOf(ex.getMessage()));
		}
		this.names.remove(name);
		this.names.put(name, lookup);
		return lookup;
	}

	/**
	 * Forgets the eldest answer, to make room.
	 */
	private void evict(String newcomer) throws UnknownHostException {
		for (Lookup lookup : this.names.values()) {
			if (lookup.answer != null) {
				this.names.remove(lookup.name);
				return;
			}
		}
		throw notLookedUp(newcomer, "too many names are waiting");
	}

	private static UnknownHostException notLookedUp(String name, String reason) {
		return new UnknownHostException("'%s' was not looked up: %s".formatted(name, reason));
	}

	/** A future equals itself alone. */
	@SuppressWarnings("CollectionUndefinedEquality")
	private void leave(Lookup lookup, CompletableFuture<List<InetAddress>> asker) {
		synchronized (this.names) {
			if (lookup.askers.remove(asker) && lookup.askers.isEmpty() && lookup.former == null
					&& this.threads.remove(lookup)) {
				this.names.remove(lookup.name);
			}
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	private final class Lookup implements Runnable {

		private final String name;

		/** The address that the name had, where it is of use yet. */
		private final @Nullable CompletableFuture<List<InetAddress>> former;

		private final long formerEndNanos;

		private final Set<CompletableFuture<List<InetAddress>>> askers = new HashSet<>();

		private @Nullable CompletableFuture<List<InetAddress>> answer;

		private long endNanos;

		private Lookup(String name, @Nullable Lookup last) {
			this.name = name;
			if (last != null && last.answer != null && !last.answer.isCompletedExceptionally()
					&& Lookups.this.overtime.isPositive()) {
				this.former = last.answer;
				this.formerEndNanos = last.endNanos + Lookups.this.overtime.toNanos();
			}
			else {
				this.former = null;
				this.formerEndNanos = 0;
			}
		}

		private @Nullable CompletableFuture<List<InetAddress>> former() {
			return (this.former != null && this.formerEndNanos - System.nanoTime() > 0) ? this.former : null;
		}

		private boolean isOver() {
			return this.answer != null && this.endNanos - System.nanoTime() <= 0;
		}

		@Override
		public void run() {
			CompletableFuture<List<InetAddress>> found = find();
			Duration kept = found.isCompletedExceptionally() ? Lookups.this.failureTtl : Lookups.this.ttl;
			List<CompletableFuture<List<InetAddress>>> waiting;
			synchronized (Lookups.this.names) {
				this.answer = found;
				this.endNanos = System.nanoTime() + kept.toNanos();
				waiting = List.copyOf(this.askers);
				this.askers.clear();
			}
			waiting.forEach((asker) -> complete(asker, found));
		}

		/**
		 * @return the first address of each family, in their order
		 */
		private CompletableFuture<List<InetAddress>> find() {
			try {
				List<InetAddress> found = Lookups.this.service.lookUp(this.name).stream().map(Addresses::normalized)
						.toList();
				InetAddress first = found.getFirst();
				return CompletableFuture.completedFuture(found.stream()
						.filter((address) -> address.getClass() != first.getClass())
						.findFirst()
						.map((other) -> List.of(first, other))
						.orElse(List.of(first)));
			}
			catch (UnknownHostException _) {
				return failed("'%s' has no address".formatted(this.name));
			}
			catch (RuntimeException | Error ex) {
				return failed("'%s': %s".formatted(this.name, ex));
			}
		}

		private static CompletableFuture<List<InetAddress>> failed(String sentence) {
			return CompletableFuture.failedFuture(new UnknownHostException(sentence));
		}

		private static void complete(CompletableFuture<List<InetAddress>> asker,
				CompletableFuture<List<InetAddress>> found) {
			if (found.isCompletedExceptionally()) {
				asker.completeExceptionally(found.exceptionNow());
			}
			else {
				asker.complete(found.resultNow());
			}
		}

	}

}
