package dev.udpprobe.exchange;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;

import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.linux.KernelSend;
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.net.DatagramChannels;
import dev.udpprobe.outcome.Outcome;

/**
 * The channels of exchanges and flows, and what the JDK does not do with them. Safe for any
 * number of threads, of which each channel is used by one at a time.
 */
final class ExchangeChannels {

	private static final int BIND_TRIES = 256;

	private static final System.Logger logger = System.getLogger(ExchangeChannels.class.getName());

	private final LocalPorts ports;

	private final KernelDetail detail;

	private final DestinationRates rates;

	ExchangeChannels(LocalPorts ports, KernelDetail detail, DestinationRates rates) {
		this.ports = ports;
		this.detail = detail;
		this.rates = rates;
	}

	DestinationRates rates() {
		return this.rates;
	}

	KernelDetail detail() {
		return this.detail;
	}

	/**
	 * Opens a non-blocking channel of the target's own family on a rested local port and,
	 * where asked for, connects it. Whatever fails, nothing stays open.
	 * @throws SaturatedException if no local port has rested long enough
	 * @throws IOException if the operating system does not open, bind or connect it
	 */
	DatagramChannel open(InetSocketAddress remote, ExchangeOptions options) throws IOException {
		return DatagramChannels.open(family(remote), (channel) -> {
			// Before connect, which otherwise switches to non-blocking and back by itself.
			channel.configureBlocking(false);
			configure(channel, remote.getAddress() instanceof Inet6Address, options, this.detail);
			bind(channel, options.source(), remote.getPort());
			if (options.socket() == SocketKind.CONNECTED) {
				channel.connect(remote);
			}
		});
	}

	private static void configure(DatagramChannel channel, boolean ipv6, ExchangeOptions options, KernelDetail detail)
			throws IOException {
		// An unconnected socket is there to show what an ordinary program hears: nothing.
		if (detail.errors() && options.socket() == SocketKind.CONNECTED) {
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
	 * @param remotePort not to be taken: at an address of this host, the socket would be connected
	 * to itself, and answer itself
	 */
	private void bind(DatagramChannel channel, @Nullable InetAddress source, int remotePort) throws IOException {
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
				if (tries == BIND_TRIES) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Sends a datagram, whose clock starts right before.
	 * @return whether it left, or else the send buffer is full
	 */
	boolean send(Endpoint endpoint, SentDatagram datagram, byte[] payload) throws IOException {
		DatagramChannel channel = endpoint.channel();
		datagram.sending();
		if (payload.length > 0 || endpoint.options().socket() == SocketKind.UNCONNECTED) {
			return channel.send(ByteBuffer.wrap(payload), endpoint.remote()) == payload.length;
		}
		if (this.detail.errors()) {
			return KernelSend.empty(channel);
		}
		sendEmpty(endpoint, datagram);
		return true;
	}

	/**
	 * Sends an empty datagram, which the JDK (25) silently does not on a connected channel,
	 * by an unconnected twin on the same port. The kernel gives the reply and the ICMP error
	 * to the connected one, which matches both addresses.
	 */
	private static void sendEmpty(Endpoint endpoint, SentDatagram datagram) throws IOException {
		sharePort(endpoint.channel());
		try (DatagramChannel twin = DatagramChannels.open(family(endpoint.remote()), (channel) -> {
			sharePort(channel);
			configure(channel, endpoint.isIpv6(), endpoint.options(), KernelDetail.none("the JDK sends it"));
			channel.bind(endpoint.local());
		})) {
			datagram.sending();
			twin.send(ByteBuffer.allocate(0), endpoint.remote());
		}
	}

	private static void sharePort(DatagramChannel channel) throws IOException {
		if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
			throw new IOException("this system sends no empty datagram from a connected socket");
		}
		channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	/**
	 * Sets an option of a channel.
	 */
	interface Option {

		void set(DatagramChannel channel) throws IOException;

	}

	/**
	 * @return why nothing can be sent, because the system does not take the option; or null
	 */
	static @Nullable Outcome set(DatagramChannel channel, Option option) {
		try {
			option.set(channel);
			return null;
		}
		catch (IOException ex) {
			return Failures.onSend(ex);
		}
	}

	/**
	 * Has the kernel count the channel's datagrams anew, where it takes times.
	 */
	void restartCount(DatagramChannel channel) {
		if (this.detail.times()) {
			try {
				SocketOptions.restartCount(channel);
			}
			catch (IOException ex) {
				logger.log(System.Logger.Level.DEBUG, "times of leaving may be missing", ex);
			}
		}
	}

	/**
	 * Closes a channel, whose port rests from now on.
	 */
	void close(DatagramChannel channel, int port) {
		this.ports.retire(port);
		try {
			channel.close();
		}
		catch (IOException ex) {
			logger.log(System.Logger.Level.WARNING, "cannot close a channel", ex);
		}
	}

	private static ProtocolFamily family(InetSocketAddress remote) {
		return (remote.getAddress() instanceof Inet6Address)
				? StandardProtocolFamily.INET6
				: StandardProtocolFamily.INET;
	}

}
