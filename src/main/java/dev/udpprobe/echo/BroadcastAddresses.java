package dev.udpprobe.echo;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;

import dev.udpprobe.net.AddressRange;

/**
 * The broadcast addresses of the networks that this host is in now (RFC 919). A reply to
 * one would go to all hosts there.
 */
final class BroadcastAddresses {

	/** A network of two addresses or one has none (RFC 3021). */
	private static final int MAX_PREFIX = 30;

	private static final System.Logger logger = System.getLogger(BroadcastAddresses.class.getName());

	private BroadcastAddresses() {}

	static List<AddressRange> ofThisHost() {
		try {
			return NetworkInterface.networkInterfaces()
					.flatMap((network) -> network.getInterfaceAddresses().stream())
					.filter((address) -> address.getNetworkPrefixLength() <= MAX_PREFIX)
					.map(InterfaceAddress::getBroadcast)
					.filter(Objects::nonNull)
					.filter((address) -> !address.isAnyLocalAddress())
					.map((address) -> AddressRange.of(address))
					.distinct()
					.toList();
		}
		catch (SocketException ex) {
			logger.log(System.Logger.Level.DEBUG, "the host's networks are not known", ex);
			return List.of();
		}
	}

}
