package dev.udpprobe.destination;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
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
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Look-ups of names on threads of their own, and the answers for as long as they are kept.
 * A name is looked up once at a time, however many ask, and its answer is kept. While a name is
 * looked up again, the address that it had is of use for some time yet.
 */
final class Lookups implements AutoCloseable {

	/** So long the one who has a name looked up again waits for its new address. */
	private static final long GRACE_MILLIS = 50;

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
	 * looked up again; 0 not at all. With it a look-up is begun even if nobody waits for it any more.
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
	 * Forgets all other names, and has room for these from now on. A look-up of another that has not begun is not begun, of which whoever
	 * waits for it is told.
	 */
	void retain(Set<String> kept) {
		List<Asker> inVain = new ArrayList<>();
		synchronized (this.names) {
			this.maxNames = Math.max(1, kept.size());
			this.names.keySet().retainAll(kept);
			this.threads.getQueue().removeIf((task) -> {
				if (task instanceof Lookup lookup && !kept.contains(lookup.name)) {
					inVain.addAll(lookup.askers);
					return true;
				}
				return false;
			});
		}
		inVain.forEach((asker) -> asker.completeExceptionally(
				new NotLookedUpException(asker.lookup.name, "it is in the configuration no more")));
	}

	/**
	 * @return the known answer; where there is none, a future of the caller's own, which the
	 * caller leaves by completing it
	 */
	CompletableFuture<List<InetAddress>> ask(String name) {
		Lookup lookup;
		Asker asker;
		synchronized (this.names) {
			lookup = this.names.get(name);
			if (lookup == null || lookup.isOver()) {
				try {
					lookup = begin(name, lookup);
				}
				catch (NotLookedUpException ex) {
					return CompletableFuture.failedFuture(ex);
				}
				asker = new Asker(lookup);
				CompletableFuture<List<InetAddress>> former = lookup.former();
				if (former != null) {
					var _ = asker.completeOnTimeout(former.resultNow(), GRACE_MILLIS, TimeUnit.MILLISECONDS);
				}
			}
			else {
				CompletableFuture<List<InetAddress>> known = (lookup.answer != null) ? lookup.answer : lookup.former();
				if (known != null) {
					return known;
				}
				asker = new Asker(lookup);
			}
			lookup.askers.add(asker);
		}
		var _ = asker.whenComplete((_, _) -> leave(asker));
		return asker;
	}

	private Lookup begin(String name, @Nullable Lookup last) throws NotLookedUpException {
		if (last == null && this.names.size() >= this.maxNames) {
			evict(name);
		}
		Lookup lookup = new Lookup(name, last);
		try {
			this.threads.execute(lookup);
		}
		catch (RejectedExecutionException _) {
			throw new NotLookedUpException(name, "the service stops");
		}
		catch (OutOfMemoryError ex) {
			throw new NotLookedUpException(name, String.valueOf(ex.getMessage()));
		}
		this.names.remove(name);
		this.names.put(name, lookup);
		return lookup;
	}

	/**
	 * Forgets the eldest answer, to make room.
	 */
	private void evict(String newcomer) throws NotLookedUpException {
		for (Lookup lookup : this.names.values()) {
			if (lookup.answer != null) {
				this.names.remove(lookup.name);
				return;
			}
		}
		throw new NotLookedUpException(newcomer, "too many names are waiting");
	}

	/** A future equals itself alone. */
	@SuppressWarnings("CollectionUndefinedEquality")
	private void leave(Asker asker) {
		Lookup lookup = asker.lookup;
		synchronized (this.names) {
			if (lookup.askers.remove(asker) && lookup.askers.isEmpty() && this.overtime.isZero()
					&& this.threads.remove(lookup)) {
				this.names.remove(lookup.name, lookup);
			}
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/**
	 * Whoever gives up is told if that is because other names were looked up: then name servers were not asked in time.
	 */
	private static final class Asker extends CompletableFuture<List<InetAddress>> {

		private final Lookup lookup;

		private final long askedNanos = System.nanoTime();

		private Asker(Lookup lookup) {
			this.lookup = lookup;
		}

		/** By {@link #orTimeout}, for example. */
		@Override
		public boolean completeExceptionally(Throwable failure) {
			return super.completeExceptionally(
					(failure instanceof TimeoutException && !this.lookup.hadItsTurn(this.askedNanos))
							? new NotLookedUpException(this.lookup.name,
									"other names are looked up, and it was not its turn")
							: failure);
		}

	}

	private final class Lookup implements Runnable {

		private final String name;

		/** The address that the name had, where it is of use yet. */
		private final @Nullable CompletableFuture<List<InetAddress>> former;

		private final long formerEndNanos;

		private final Set<Asker> askers = new HashSet<>();

		/** 0 before it begins. */
		private volatile long begunNanos;

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

		/**
		 * @return whether it has run for half the time, at least, that somebody has waited
		 */
		private boolean hadItsTurn(long askedNanos) {
			long nowNanos = System.nanoTime();
			return this.begunNanos != 0 && nowNanos - this.begunNanos >= (nowNanos - askedNanos) / 2;
		}

		private boolean isOver() {
			return this.answer != null && this.endNanos - System.nanoTime() <= 0;
		}

		@Override
		public void run() {
			this.begunNanos = System.nanoTime();
			CompletableFuture<List<InetAddress>> found = Lookups.this.service.find(this.name);
			Duration kept = found.isCompletedExceptionally() ? Lookups.this.failureTtl : Lookups.this.ttl;
			List<Asker> waiting;
			synchronized (Lookups.this.names) {
				this.answer = found;
				this.endNanos = System.nanoTime() + kept.toNanos();
				waiting = List.copyOf(this.askers);
				this.askers.clear();
			}
			waiting.forEach((asker) -> complete(asker, found));
		}

		private static void complete(Asker asker, CompletableFuture<List<InetAddress>> found) {
			if (found.isCompletedExceptionally()) {
				asker.completeExceptionally(found.exceptionNow());
			}
			else {
				asker.complete(found.resultNow());
			}
		}

	}

}
