package dev.udpprobe.echo;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.net.AddressRange;
import dev.udpprobe.net.PeerAddress;
import dev.udpprobe.net.PortRange;
import dev.udpprobe.server.DropReason;
import dev.udpprobe.server.Slot;

/**
 * Judges a datagram by where it came from, whatever came before it. Takes no memory.
 */
final class SourceRules {

	/**
	 * Nobody sends from there (RFC 1122 3.2.1.3, RFC 4291 2.5.2 and 2.7), and an answer would
	 * go to nobody, or to many.
	 */
	private static final List<AddressRange> NOBODY = Stream
			.of("0.0.0.0/8", "224.0.0.0/4", "255.255.255.255", "::", "ff00::/8")
			.map(AddressRange::of)
			.toList();

	private final AddressRange[] invalid;

	private final AddressRange[] allowed;

	private final BitSet deniedPorts = new BitSet();

	private int[] ownPorts = {};

	/**
	 * @param broadcast the broadcast addresses of the networks that the host is in
	 */
	SourceRules(GuardSettings settings, List<AddressRange> broadcast) {
		this.invalid = Stream.concat(NOBODY.stream(), broadcast.stream()).toArray(AddressRange[]::new);
		this.allowed = settings.allowedSources().toArray(AddressRange[]::new);
		for (PortRange ports : settings.deniedSourcePorts()) {
			this.deniedPorts.set(ports.first(), ports.last() + 1);
		}
	}

	/**
	 * To be called before datagrams are judged.
	 * @param ports on which the server listens
	 */
	void listensOn(int... ports) {
		this.ownPorts = ports.clone();
	}

	/**
	 * @return why the datagram is not to be answered, or null
	 */
	@Nullable
	DropReason dropReason(Slot datagram) {
		PeerAddress peer = datagram.peer();
		if (peer.port() == 0 || contains(this.invalid, peer)) {
			return EchoDrop.SOURCE_INVALID;
		}
		if (datagram.isSentToMany()) {
			return EchoDrop.SENT_TO_MANY;
		}
		if (this.allowed.length > 0 && !contains(this.allowed, peer)) {
			return EchoDrop.SOURCE_NOT_ALLOWED;
		}
		if (isOwn(peer.port())) {
			return EchoDrop.LOOP;
		}
		return this.deniedPorts.get(peer.port()) ? EchoDrop.SOURCE_PORT : null;
	}

	private static boolean contains(AddressRange[] ranges, PeerAddress peer) {
		for (AddressRange range : ranges) {
			if (range.contains(peer.high(), peer.low())) {
				return true;
			}
		}
		return false;
	}

	private boolean isOwn(int port) {
		for (int own : this.ownPorts) {
			if (own == port) {
				return true;
			}
		}
		return false;
	}

}
