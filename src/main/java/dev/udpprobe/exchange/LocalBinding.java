package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.linux.Errno;
import dev.udpprobe.net.ErrorText;

/**
 * Binds channels to local ports: to the one that a request names, or to the next one that has rested. Safe for any number of
 * threads.
 */
final class LocalBinding {

	private static final int TRIES = 256;

	private final LocalPorts ports;

	/** Which port that somebody has named is connected to whom. */
	private final Set<Named> named = ConcurrentHashMap.newKeySet();

	/**
	 * Both ends of a socket.
	 */
	private record Named(int port, InetSocketAddress remote) {}

	LocalBinding(LocalPorts ports) {
		this.ports = ports;
	}

	/**
	 * To be called before {@link #bind}. Sockets that are connected to different peers may have a port in common: each hears its own
	 * peer alone.
	 * @throws LocalPortBusyException if the port that the options name is connected to that peer
	 */
	void reserve(ExchangeOptions options, InetSocketAddress remote) {
		if (options.sourcePort() != null && !this.named.add(new Named(options.sourcePort(), remote))) {
			throw new LocalPortBusyException(options.sourcePort());
		}
	}

	/**
	 * To be called when the channel is closed, or nothing is to be sent on it.
	 */
	void giveBack(ExchangeOptions options, InetSocketAddress remote) {
		if (options.sourcePort() != null) {
			this.named.remove(new Named(options.sourcePort(), remote));
		}
	}

	/**
	 * @throws LocalPortException if the one that the options name cannot be used
	 * @throws SaturatedException if no port has rested long enough
	 */
	void bind(DatagramChannel channel, ExchangeOptions options, InetSocketAddress remote) throws IOException {
		if (options.sourcePort() != null) {
			bind(channel, options.source(), options.sourcePort(), remote);
		}
		else {
			bindToRested(channel, options.source(), remote.getPort());
		}
	}

	private static void bind(DatagramChannel channel, @Nullable InetAddress source, int port, InetSocketAddress remote)
			throws IOException {
		boolean fromTarget = (source == null || source.isAnyLocalAddress())
				? ExchangeOptions.isLocal(remote.getAddress())
				: source.equals(remote.getAddress());
		if (fromTarget && port == remote.getPort()) {
			throw new LocalPortException(port, "it is the target's, so the socket would answer itself");
		}
		try {
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			channel.bind(new InetSocketAddress(source, port));
		}
		catch (SocketException ex) {
			Errno errno = Errno.of(ex);
			if (errno == Errno.EADDRINUSE || errno == Errno.EACCES) {
				throw new LocalPortException(port, ErrorText.of(ex) + ((errno == Errno.EACCES)
						? "; below 1024 it takes the right of root (CAP_NET_BIND_SERVICE)"
						: ""));
			}
			throw ex;
		}
	}

	/**
	 * @param remotePort not to be taken: at an address of this host, the socket would be connected
	 * to itself, and answer itself
	 */
	private void bindToRested(DatagramChannel channel, @Nullable InetAddress source, int remotePort)
			throws IOException {
		for (int tries = 1;; tries++) {
			int port = this.ports.next();
			if (port == remotePort) {
				port = this.ports.next();
			}
			if (port < 0) {
				throw new SaturatedException("every local port was used less than %d ms ago"
						.formatted(TimeUnit.NANOSECONDS.toMillis(LocalPorts.REST_NANOS)));
			}
			try {
				channel.bind(new InetSocketAddress(source, port));
				return;
			}
			catch (BindException ex) {
				if (tries == TRIES) {
					throw ex;
				}
			}
		}
	}

	/**
	 * To be called before the channel is closed.
	 */
	void release(ExchangeOptions options, int port) {
		if (options.sourcePort() != null) {
			this.ports.passOver(port);
		}
		else {
			this.ports.retire(port);
		}
	}

}
