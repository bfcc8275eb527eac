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
import dev.udpprobe.linux.SocketOptions;
import dev.udpprobe.net.DatagramChannels;

/**
 * Opens the channel of one exchange.
 */
final class ExchangeChannels {

	private static final int BIND_TRIES = 256;

	private ExchangeChannels() {}

	/**
	 * Opens a non-blocking channel of the target's own family on a rested local port and,
	 * where asked for, connects it. Whatever fails, nothing stays open.
	 * @throws SaturatedException if no local port has rested long enough
	 * @throws IOException if the operating system does not open, bind or connect it
	 */
	static DatagramChannel open(InetSocketAddress remote, ExchangeOptions options, LocalPorts ports,
			KernelDetail detail) throws IOException {
		return DatagramChannels.open(family(remote), (channel) -> {
			// Before connect, which otherwise switches to non-blocking and back by itself.
			channel.configureBlocking(false);
			configure(channel, remote.getAddress() instanceof Inet6Address, options, detail);
			bind(channel, options.source(), ports, remote.getPort());
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
	private static void bind(DatagramChannel channel, @Nullable InetAddress source, LocalPorts ports,
			int remotePort) throws IOException {
		for (int tries = 1;; tries++) {
			int port = ports.next();
			if (port == remotePort) {
				port = ports.next();
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
	 * Sends an empty datagram, which the JDK (25) silently does not on a connected channel,
	 * by an unconnected twin on the same port. The kernel gives the reply and the ICMP error
	 * to the connected one, which matches both addresses.
	 */
	static void sendEmpty(PendingExchange pending) throws IOException {
		sharePort(pending.channel());
		try (DatagramChannel twin = DatagramChannels.open(family(pending.remote()), (channel) -> {
			sharePort(channel);
			configure(channel, pending.isIpv6(), pending.options(), KernelDetail.none("the JDK sends it"));
			channel.bind(pending.local());
		})) {
			pending.sending();
			twin.send(ByteBuffer.allocate(0), pending.remote());
		}
	}

	private static void sharePort(DatagramChannel channel) throws IOException {
		if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
			throw new IOException("this system sends no empty datagram from a connected socket");
		}
		channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
	}

	private static ProtocolFamily family(InetSocketAddress remote) {
		return (remote.getAddress() instanceof Inet6Address)
				? StandardProtocolFamily.INET6
				: StandardProtocolFamily.INET;
	}

}
