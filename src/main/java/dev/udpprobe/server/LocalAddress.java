package dev.udpprobe.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressText;
import dev.udpprobe.net.ErrorText;

/**
 * Whether an address on which a socket is bound still serves. The socket itself is not told
 * when its address or interface goes: it just hears nothing any more.
 */
final class LocalAddress {

	private LocalAddress() {}

	/**
	 * @return what keeps datagrams from arriving there, or null
	 */
	static @Nullable String trouble(InetSocketAddress listening) {
		if (listening.getAddress().isAnyLocalAddress()) {
			return null;
		}
		String address = AddressText.of(listening.getAddress());
		try (DatagramChannel channel = DatagramChannel.open()) {
			channel.bind(new InetSocketAddress(listening.getAddress(), 0));
		}
		catch (BindException _) {
			return "%s is no address of this host now".formatted(address);
		}
		catch (IOException ex) {
			return "whether %s is an address of this host cannot be told: %s".formatted(address, ErrorText.of(ex));
		}
		try {
			// An address may also be local by a route, without an interface that has it.
			NetworkInterface has = NetworkInterface.getByInetAddress(listening.getAddress());
			return (has == null || has.isUp()) ? null : "%s is down, which has %s".formatted(has.getName(), address);
		}
		catch (SocketException ex) {
			return ErrorText.of(ex);
		}
	}

}
