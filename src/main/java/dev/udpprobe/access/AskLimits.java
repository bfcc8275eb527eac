package dev.udpprobe.access;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.net.RateLimit;
import dev.udpprobe.net.Rates;

/**
 * How much one account may ask, or one address where there is none. The addresses of a /64 of IPv6 count as one. Safe for any number of
 * threads.
 */
public final class AskLimits {

	private final @Nullable Rates rates;

	private final int atOnce;

	private final long begunNanos = System.nanoTime();

	/** How many requests of each are under way. */
	private final Map<Object, Integer> underWay = new HashMap<>();

	/**
	 * Somebody asks more than that.
	 */
	public static final class ExceededException extends RuntimeException {

		private ExceededException(String message) {
			super(message);
		}

	}

	/**
	 * A request that is under way.
	 */
	public interface Place extends AutoCloseable {

		@Override
		void close();

	}

	/**
	 * @param perSecond how many requests may begin in a second: 1 or more, or 0 for no limit
	 * @param atOnce how many may be under way at once: 1 or more, or 0 for no limit
	 */
	public AskLimits(int perSecond, int atOnce) {
		this.rates = (perSecond > 0)
				? new Rates(new RateLimit(perSecond, 0), Rates.Newcomer.INHERITS)
				: null;
		this.atOnce = atOnce;
	}

	/**
	 * Takes a place, which has to be closed.
	 * @param account null if there is none
	 * @throws ExceededException if there is none left
	 */
	public Place open(@Nullable Account account, InetAddress from) {
		Object whose = (account != null) ? account.name() : PeerAddress.source(from);
		synchronized (this) {
			int others = this.underWay.getOrDefault(whose, 0);
			if (this.atOnce > 0 && others >= this.atOnce) {
				throw new ExceededException("no more than %,d requests at once may send".formatted(this.atOnce));
			}
			take(account, from);
			if (this.atOnce == 0) {
				return () -> {};
			}
			this.underWay.put(whose, others + 1);
		}
		return () -> release(whose);
	}

	private synchronized void release(Object whose) {
		this.underWay.computeIfPresent(whose, (_, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * Counts what is sent as if it were a request of its own.
	 * @throws ExceededException if it is one too many
	 */
	public synchronized void take(@Nullable Account account, InetAddress from) {
		if (this.rates != null
				&& !this.rates.take(key(this.rates, account, from), 0, System.nanoTime() - this.begunNanos)) {
			throw new ExceededException("too many requests in a second send; try again later");
		}
	}

	private static long key(Rates rates, @Nullable Account account, InetAddress from) {
		if (account == null) {
			return PeerAddress.source(from);
		}
		UUID name = UUID.nameUUIDFromBytes(account.name().getBytes(StandardCharsets.UTF_8));
		return rates.key(name.getMostSignificantBits(), name.getLeastSignificantBits());
	}

}
