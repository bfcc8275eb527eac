package dev.udpprobe.destination;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.udpprobe.net.Addresses;

/**
 * Resolves names through the operating system, which can neither be interrupted nor asked
 * to hurry. So it runs on few threads of its own, and whoever asked stops waiting in time;
 * a name server that hangs then costs those threads and no request's.
 */
public final class Resolver implements AutoCloseable {

	private static final int THREADS = 8;

	private static final int WAITING = 256;

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(WAITING), Thread.ofPlatform().daemon().name("udp-resolver-", 0).factory());

	public Resolver() {
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * @param host a name or an address literal, which is not looked up
	 * @param timeout how long to wait; positive
	 * @return the first of its addresses, in the order of the operating system (RFC 6724)
	 */
	public InetAddress resolve(String host, Duration timeout) throws UnresolvedException, InterruptedException {
		InetAddress literal = Addresses.literal(host).orElse(null);
		return (literal != null) ? literal : lookUp(host, timeout);
	}

	private InetAddress lookUp(String host, Duration timeout) throws UnresolvedException, InterruptedException {
		Future<InetAddress> lookup;
		try {
			lookup = this.executor.submit(() -> Addresses.normalized(InetAddress.getByName(host)));
		}
		catch (RejectedExecutionException _) {
			throw new UnresolvedException("'%s' was not looked up: too many names are waiting".formatted(host));
		}
		try {
			return lookup.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException _) {
			lookup.cancel(false);
			throw new UnresolvedException("the name servers did not answer for '%s' in time".formatted(host));
		}
		catch (ExecutionException ex) {
			throw new UnresolvedException((ex.getCause() instanceof UnknownHostException)
					? "'%s' has no address".formatted(host)
					: "'%s': %s".formatted(host, ex.getCause()));
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
