package dev.udpprobe.destination;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.auth.Signer;

/**
 * Where the datagrams of a target go.
 *
 * @param address the very one that the policy judged
 * @param signer who signs what is sent there, or null
 */
public record Destination(Target target, InetSocketAddress address, @Nullable Signer signer) {

	/**
	 * @return the datagram's payload: the message, signed where somebody signs
	 */
	public byte[] payload(byte[] message) {
		return (this.signer != null) ? this.signer.signed(message) : message;
	}

}
