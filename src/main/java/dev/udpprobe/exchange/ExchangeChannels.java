package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Locale;
import java.util.concurrent.Semaphore;

import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.net.DatagramChannels;

/**
 * The channels of exchanges and flows: at most so many at once, each on a local port that has rested.
 * Safe for any number of threads, of which each channel is used by one at a time.
 */
final class ExchangeChannels {

	private static final System.Logger logger = System.getLogger(ExchangeChannels.class.getName());

	private final int maxInFlight;

	private final Semaphore free;

	private final LocalBinding ports;

	private final KernelDetail detail;

	private final DestinationRates rates;

	private volatile boolean closed;

	/**
	 * @param maxInFlight how many may be open at once, at least 1
	 */
	ExchangeChannels(int maxInFlight, LocalPorts ports, KernelDetail detail, DestinationRates rates) {
		this(maxInFlight, new LocalBinding(ports), detail, rates);
	}

	private ExchangeChannels(int maxInFlight, LocalBinding ports, KernelDetail detail, DestinationRates rates) {
		if (maxInFlight < 1) {
			throw new IllegalArgumentException("maxInFlight must be at least 1");
		}
		this.maxInFlight = maxInFlight;
		this.free = new Semaphore(maxInFlight);
		this.ports = ports;
		this.detail = detail;
		this.rates = rates;
	}

	/**
	 * @return others on the same ports, of which as many may be open at once
	 */
	ExchangeChannels beside(int maxInFlight) {
		return new ExchangeChannels(maxInFlight, this.ports, this.detail, this.rates);
	}

	DestinationRates rates() {
		return this.rates;
	}

	KernelDetail detail() {
		return this.detail;
	}

	/**
	 * Makes the endpoint that closes the channel.
	 */
	interface Opening<E extends Endpoint> {

		E on(DatagramChannel channel) throws IOException;

	}

	/**
	 * Opens a channel for an endpoint. Whatever fails, nothing stays open.
	 * @throws SaturatedException if too many are open, no more are taken, or no local port has
	 * rested long enough
	 * @throws LocalPortException if the one that the options name cannot be used
	 * @throws IOException if the operating system does not open, bind or connect it
	 */
	<E extends Endpoint> E open(InetSocketAddress remote, ExchangeOptions options, Opening<E> opening)
			throws IOException {
		take();
		DatagramChannel channel = null;
		E opened = null;
		boolean reserved = false;
		try {
			this.ports.reserve(options, remote);
			reserved = true;
			channel = bound(remote, options);
			opened = opening.on(channel);
			return opened;
		}
		finally {
			if (opened == null && reserved) {
				this.ports.giveBack(options, remote);
			}
			if (opened == null) {
				discard(channel);
			}
		}
	}

	/**
	 * Opens a channel for an endpoint that has no place while it is open, and takes places of its own with
	 * {@link #take}. It takes one to be opened.
	 * @throws SaturatedException as {@link #open}
	 * @throws LocalPortException as {@link #open}
	 * @throws IOException as {@link #open}
	 */
	<E extends Endpoint> E keep(InetSocketAddress remote, ExchangeOptions options, Opening<E> opening)
			throws IOException {
		E opened = open(remote, options, opening);
		giveBack();
		return opened;
	}

	private void discard(@Nullable DatagramChannel channel) throws IOException {
		try {
			if (channel != null) {
				channel.close();
			}
		}
		finally {
			this.free.release();
		}
	}

	/**
	 * Takes a place first, and looks then whether it may. So {@link #drain} either waits for this
	 * place, or is seen.
	 * @throws SaturatedException if all are taken, or no more are
	 */
	void take() {
		boolean taken = this.free.tryAcquire();
		if (this.closed) {
			this.free.release(taken ? 1 : 0);
			throw new SaturatedException("no more exchanges are begun, because the service stops");
		}
		if (!taken) {
			throw new SaturatedException(
					String.format(Locale.ROOT, "%,d exchanges are in flight already", this.maxInFlight));
		}
	}

	void giveBack() {
		this.free.release();
	}

	private DatagramChannel bound(InetSocketAddress remote, ExchangeOptions options) throws IOException {
		return withOptions(remote, options, this.detail, (channel) -> {
			// Before connect, which otherwise switches to non-blocking and back by itself.
			channel.configureBlocking(false);
			this.ports.bind(channel, options, remote);
			if (options.socket() == SocketKind.CONNECTED) {
				channel.connect(remote);
			}
		});
	}

	/**
	 * Opens a channel of the target's own family, with the options.
	 * @param detail what is to be learnt from the kernel
	 * @param setup what is to be done then
	 */
	static DatagramChannel withOptions(InetSocketAddress remote, ExchangeOptions options, KernelDetail detail,
			DatagramChannels.Setup setup) throws IOException {
		boolean ipv6 = remote.getAddress() instanceof Inet6Address;
		return DatagramChannels.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET, (channel) -> {
			configure(channel, ipv6, options, detail);
			setup.accept(channel);
		});
	}

	private static void configure(DatagramChannel channel, boolean ipv6, ExchangeOptions options, KernelDetail detail)
			throws IOException {
		// That one is there to show what an ordinary program hears: nothing.
		if (detail.errors() && options.socket() != SocketKind.UNCONNECTED) {
			SocketOptions.reportErrors(channel, ipv6);
		}
		if (detail.times()) {
			SocketOptions.timestamp(channel);
		}
		if (options.ttl() != null) {
			SocketOptions.hopLimit(channel, ipv6, options.ttl());
		}
		if (options.dscp() != null) {
			channel.setOption(StandardSocketOptions.IP_TOS, options.dscp() << 2);
		}
		if (options.dontFragment() != null) {
			channel.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, options.dontFragment());
		}
	}

	/**
	 * Closes an endpoint's channel, whose port rests from now on.
	 * @param place whether it has one to give back
	 */
	void close(DatagramChannel channel, ExchangeOptions options, int port, InetSocketAddress remote, boolean place) {
		this.ports.release(options, port);
		try {
			channel.close();
		}
		catch (IOException ex) {
			logger.log(System.Logger.Level.WARNING, "cannot close a channel", ex);
		}
		finally {
			this.ports.giveBack(options, remote);
			this.free.release(place ? 1 : 0);
		}
	}

	/**
	 * @return how many are open
	 */
	int inFlight() {
		return this.maxInFlight - this.free.availablePermits();
	}

	/**
	 * Opens no more, and waits until all are closed.
	 */
	void drain() {
		this.closed = true;
		this.free.acquireUninterruptibly(this.maxInFlight);
		this.free.release(this.maxInFlight);
	}

	/**
	 * Opens channels again.
	 */
	void resume() {
		this.closed = false;
	}

}
